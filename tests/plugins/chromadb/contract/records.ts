import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import type { Store } from "../with_chroma.ts";
import { promisedBy, rounded } from "./promised.ts";

export function recordsContract(store: Store): void {
  const promised = promisedBy(store);

  promised("get gives records back as they were added, in that order", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    const added = {
      ids: ["z", "a", "ü 1"],
      documents: ["Zed", "", "grüße 🍞\n'\"%_"],
      embeddings: [[1, 0], [0, 1], [3, 4]],
      metadatas: [{ n: 1, x: 2.5, s: "x", b: true, left_out: null }, {}, { big: 2 ** 53 - 1, small: -1.5e-10, e: "" }],
    };
    assert.deepEqual(await notes.add("texts", added), { added: 3 });
    await notes.add("texts", { ids: ["m"], embeddings: [[0.5, -2]] });
    assert.equal(await notes.count("texts"), 4);
    assert.deepEqual(await notes.get("texts", { include: ["documents", "metadatas", "embeddings"] }), {
      ids: [...added.ids, "m"],
      documents: [...added.documents, null],
      metadatas: [{ n: 1, x: 2.5, s: "x", b: true }, null, { big: 2 ** 53 - 1, small: -1.5e-10, e: "" }, null],
      embeddings: [...added.embeddings, [0.5, -2]],
    });
    assert.deepEqual(await notes.get("texts", { ids: ["m", "nobody", "z"], include: ["documents"] }), {
      ids: ["z", "m"],
      documents: ["Zed", null],
    });
    assert.deepEqual(await notes.get("texts", { limit: 2, offset: 1, include: [] }), { ids: ["a", "ü 1"] });
    assert.deepEqual(await notes.get("texts", { offset: 9 }), { ids: [], documents: [], metadatas: [] });
  });

  promised("documents without embeddings are embedded, the same way when they are sought", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts", { space: "cosine" });
    await notes.add("texts", {
      ids: ["1", "2", "3"],
      documents: ["fresh bread from the bakery", "a train leaves the station", "quarterly tax report"],
    });
    const { ids, distances } = await notes.query("texts", {
      queryTexts: ["bakery bread", "trains and stations"],
      nResults: 1,
    });
    assert.deepEqual(ids, [["1"], ["2"]]);
    assert.ok(distances!.flat().every((distance) => distance! > 0 && distance! < 0.8), JSON.stringify(distances));
    const same = await notes.query("texts", {
      queryTexts: ["quarterly tax report"],
      nResults: 1,
      include: ["distances"],
    });
    assert.deepEqual(rounded(same), { ids: [["3"]], distances: [[0]] });
  });

  promised("an id that is there is refused by add, which then adds nothing", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    await notes.add("texts", { ids: ["1", "2"], documents: ["one", "two"] });
    const { code, message, hint } = await faultOf(() =>
      notes.add("texts", { ids: ["3", "2", "1"], documents: ["a", "b", "c"] })
    );
    assert.deepEqual([code, message], ["conflict", "collection 'notes.texts' has '1', '2' already"]);
    assert.match(hint, /nothing was added/);
    assert.deepEqual(await notes.get("texts", { include: ["documents"] }), {
      ids: ["1", "2"],
      documents: ["one", "two"],
    });
    const twice = await faultOf(() => notes.add("texts", { ids: ["9", "9"], documents: ["a", "b"] }));
    assert.deepEqual([twice.code, twice.message], ["invalid_argument", "Cannot call add: id '9' is there twice"]);
  });

  promised("vectors of other dimensions are refused by add and query, with both numbers", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    await notes.add("texts", { ids: ["1"], embeddings: [[1, 2]] });
    for (
      const ask of [
        () => notes.add("texts", { ids: ["2"], embeddings: [[1, 2, 3]] }),
        () => notes.query("texts", { queryEmbeddings: [[1, 2, 3]] }),
      ]
    ) {
      const { code, message, retriable } = await faultOf(ask);
      assert.deepEqual([code, message, retriable], [
        "conflict",
        "collection 'notes.texts' has vectors of 2 dimensions, and these have 3",
        false,
      ]);
    }
    assert.equal(await notes.count("texts"), 1);
  });

  promised("delete takes records away by id or condition, and counts those that were there", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    const documents = ["milk", "bread", "milk tea", "cake"];
    await notes.add("texts", { ids: ["1", "2", "3", "4"], documents, metadatas: documents.map((d, n) => ({ n, d })) });
    assert.deepEqual(await notes.delete("texts", { ids: ["2", "nobody"] }), { deleted: 1 });
    assert.deepEqual(await notes.delete("texts", { where: { n: { $gte: 3 } } }), { deleted: 1 });
    assert.deepEqual(await notes.delete("texts", { whereDocument: { $contains: "bread" } }), { deleted: 0 });
    assert.deepEqual(await notes.delete("texts", { ids: ["1", "3"], whereDocument: { $contains: "tea" } }), {
      deleted: 1,
    });
    assert.deepEqual((await notes.get("texts")).ids, ["1"]);
    await notes.add("texts", { ids: ["3"], documents: ["again"] });
    assert.deepEqual((await notes.get("texts")).ids, ["1", "3"]);
    for (const nothing of [undefined, {}, { ids: undefined }]) {
      assert.equal((await faultOf(() => notes.delete("texts", nothing))).code, "invalid_argument");
    }
    assert.equal(await notes.count("texts"), 2);
  });

  promised("more records than max_records are refused", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    await notes.add("texts", { ids: ["1", "2"], documents: ["a", "b"] });
    assert.equal((await faultOf(() => notes.add("texts", { ids: ["3", "4"], documents: ["c", "d"] }))).code, "quota");
    await notes.add("texts", { ids: ["3"], documents: ["c"] });
    assert.equal(await notes.count("texts"), 3);
  }, { max_records: 3 });

  promised("a whole batch of the largest documents comes back", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    const ids = Array.from({ length: 100 }, (_, at) => `id ${at}`);
    const documents = ids.map((id) => id.padEnd(65_536, "x"));
    await notes.add("texts", { ids: ids.slice(0, 60), documents: documents.slice(0, 60) });
    await notes.add("texts", { ids: ids.slice(60), documents: documents.slice(60) });
    const found = await notes.get("texts", { limit: 100, whereDocument: { $contains: "id" } });
    assert.deepEqual([found.ids, found.documents], [ids, documents]);
  });

  promised(
    "an embedder that the config names makes the vectors",
    async ({ as }) => {
      const notes = as("notes");
      await notes.get_or_create_collection("texts");
      await notes.add("texts", { ids: ["1", "2"], documents: ["four", "sixsix"] });
      assert.deepEqual(await notes.get("texts", { include: ["embeddings"] }), {
        ids: ["1", "2"],
        embeddings: [[4, 1], [6, 1]],
      });
      assert.deepEqual((await notes.query("texts", { queryTexts: ["seven..", "x"], nResults: 1 })).ids, [["2"], ["1"]]);
      const { code, message } = await faultOf(() => notes.query("texts", { queryTexts: ["broken"] }));
      assert.deepEqual([code, message], ["conflict", "'inference/local' gave no vector for each of 1 texts"]);
    },
    { embedder: "inference/local" },
    {
      "inference/local": {
        embed: (texts: string[]) => Promise.resolve(texts[0] === "broken" ? [] : texts.map((text) => [text.length, 1])),
      },
    },
  );
}
