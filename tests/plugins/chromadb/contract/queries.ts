import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import type { Methods, Store } from "../with_chroma.ts";
import { promisedBy, rounded } from "./promised.ts";

const VECTORS = [[1, 0], [0, 1], [1, 0], [0.6, 0.8], [3, 4], [-1, -1]];
const IDS = ["a", "b", "c", "d", "e", "f"];

export function queriesContract(store: Store): void {
  const promised = promisedBy(store);
  const filled = async (notes: Methods, space: string): Promise<void> => {
    await notes.get_or_create_collection(space, { space });
    await notes.add(space, { ids: IDS, embeddings: VECTORS });
  };

  promised("query gives the nearest first, by the collection's measure", async ({ as }) => {
    const notes = as("notes");
    const wanted = {
      l2: { ids: ["a", "c", "d", "b", "f", "e"], distances: [0, 0, 0.8, 2, 5, 20] },
      cosine: { ids: ["a", "c", "d", "e", "b", "f"], distances: [0, 0, 0.4, 0.4, 1, 1.7071] },
      ip: { ids: ["e", "a", "c", "d", "b", "f"], distances: [-2, 0, 0, 0.4, 1, 2] },
    };
    for (const [space, { ids, distances }] of Object.entries(wanted)) {
      await filled(notes, space);
      const found = rounded(await notes.query(space, { queryEmbeddings: [[1, 0]], include: ["distances"] }));
      assert.deepEqual(found, { ids: [ids], distances: [distances] }, space);
    }
  });

  promised("query answers each of several queries, and what it was asked to include", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    await notes.add("texts", {
      ids: ["1", "2"],
      documents: ["one", "two"],
      embeddings: [[1, 0], [0, 2]],
      metadatas: [null, { n: 2 }],
    });
    const question = { queryEmbeddings: [[1, 0], [0, 2]], nResults: 1 };
    assert.deepEqual(await notes.query("texts", question), {
      ids: [["1"], ["2"]],
      documents: [["one"], ["two"]],
      metadatas: [[null], [{ n: 2 }]],
      distances: [[0], [0]],
    });
    assert.deepEqual(await notes.query("texts", { ...question, include: ["embeddings"] }), {
      ids: [["1"], ["2"]],
      embeddings: [[[1, 0]], [[0, 2]]],
    });
    assert.deepEqual(await notes.query("texts", { ...question, include: [] }), { ids: [["1"], ["2"]] });
  });

  promised("query of an empty collection, and one whose filter nothing meets, finds nothing", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    const nothing = { ids: [[], []], documents: [[], []], metadatas: [[], []], distances: [[], []] };
    assert.deepEqual(await notes.query("texts", { queryTexts: ["x", "y"] }), nothing);
    await notes.add("texts", { ids: ["1"], documents: ["x"] });
    assert.deepEqual(await notes.query("texts", { queryTexts: ["x", "y"], where: { n: 1 } }), nothing);
  });

  promised("query gives 10 unless told, at most what there is and max_results", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    const ids = Array.from({ length: 30 }, (_, at) => String(at));
    await notes.add("texts", { ids, embeddings: ids.map((_, at) => [at, 1]) });
    const found = async (nResults?: unknown) =>
      (await notes.query("texts", {
        queryEmbeddings: [[0, 1]],
        include: [],
        ...(nResults !== undefined && { nResults }),
      })).ids[0];
    assert.deepEqual(await found(), ids.slice(0, 10));
    assert.deepEqual(await found(1), ["0"]);
    assert.deepEqual(await found(20), ids.slice(0, 20));
    for (const nResults of [0, 21, 1.5, -1, "3"]) {
      assert.equal((await faultOf(() => found(nResults))).code, "invalid_argument");
    }
    assert.equal((await notes.get("texts", { limit: 20, include: [] })).ids.length, 20);
    assert.equal((await faultOf(() => notes.get("texts", { limit: 21 }))).code, "invalid_argument");
  }, { max_results: 20 });

  promised("a vector without a length is as far from all others as a right angle", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts", { space: "cosine" });
    await notes.add("texts", { ids: ["0", "1"], embeddings: [[0, 0], [1, 0]] });
    assert.deepEqual(rounded(await notes.query("texts", { queryEmbeddings: [[1, 0]], include: ["distances"] })), {
      ids: [["1", "0"]],
      distances: [[0, 1]],
    });
  });
}
