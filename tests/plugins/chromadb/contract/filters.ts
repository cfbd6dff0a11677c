import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import type { Store } from "../with_chroma.ts";
import { promisedBy } from "./promised.ts";

/** What each filter finds, of the records below. */
const WHERE: readonly (readonly [where: unknown, ids: string])[] = [
  [{ n: 1 }, "z"],
  [{ n: { $eq: 1 } }, "z"],
  [{ n: 2.5 }, "a"],
  [{ n: { $ne: 1 } }, "ambq"],
  [{ n: { $gt: 1 } }, "a"],
  [{ n: { $gte: 1 } }, "za"],
  [{ n: { $lt: 2.5 } }, "z"],
  [{ n: { $lte: 2.5 } }, "za"],
  [{ n: { $gt: 0.5 } }, "za"],
  [{ n: { $gt: 2 } }, "a"],
  [{ n: { $in: [1, 2] } }, "z"],
  [{ n: { $in: [1, 2.5] } }, "za"],
  [{ n: { $nin: [1, 2.5] } }, "mbq"],
  [{ n: "1" }, ""],
  [{ n: true }, ""],
  [{ s: "x" }, "z"],
  [{ s: "X" }, ""],
  [{ s: { $ne: "x" } }, "ambq"],
  [{ s: { $in: ["x", "y"] } }, "zm"],
  [{ s: { $nin: ["x"] } }, "ambq"],
  [{ s: "it's \"%_\\" }, "q"],
  [{ b: true }, "a"],
  [{ b: { $ne: true } }, "zmbq"],
  [{ b: false }, ""],
  [{ b: { $in: [true, false] } }, "a"],
  [{ nobody: 1 }, ""],
  [{ nobody: { $ne: 1 } }, "zambq"],
  [{ nobody: { $nin: [1] } }, "zambq"],
  [{ constructor: "x" }, ""],
  [{ $and: [{ n: 1 }, { s: "x" }] }, "z"],
  [{ $and: [{ n: 1 }, { s: "y" }] }, ""],
  [{ $or: [{ n: 1 }, { s: "y" }] }, "zm"],
  [{ $and: [{ $or: [{ n: 1 }, { b: true }] }, { n: { $gt: 1 } }] }, "a"],
];

const WHERE_DOCUMENT: readonly (readonly [where: unknown, ids: string])[] = [
  [{ $contains: "e" }, "zmb"],
  [{ $contains: "E" }, ""],
  [{ $contains: "Zed" }, "z"],
  [{ $contains: "zed" }, ""],
  [{ $contains: "Zed doc" }, "z"],
  [{ $contains: "%" }, ""],
  [{ $contains: "d_d" }, ""],
  [{ $not_contains: "e" }, "aq"],
  [{ $not_contains: "Zed" }, "ambq"],
  [{ $and: [{ $contains: "e" }, { $contains: "b" }] }, "b"],
  [{ $or: [{ $contains: "Z" }, { $contains: "em" }] }, "zm"],
];

export function filtersContract(store: Store): void {
  const promised = promisedBy(store);

  promised("get and query find what meets where and whereDocument", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    await notes.add("texts", {
      ids: ["z", "a", "m", "b"],
      embeddings: [[0, 0], [0, 1], [0, 2], [0, 3]],
      documents: ["Zed doc", "", "em", "bee"],
      metadatas: [{ n: 1, s: "x" }, { n: 2.5, b: true }, { s: "y" }, null],
    });
    await notes.add("texts", { ids: ["q"], embeddings: [[0, 4]], metadatas: [{ s: "it's \"%_\\" }] });
    for (const [key, cases] of [["where", WHERE], ["whereDocument", WHERE_DOCUMENT]] as const) {
      for (const [filter, ids] of cases) {
        const said = `${key}: ${JSON.stringify(filter)}`;
        const got = await notes.get("texts", { [key]: filter, include: [] });
        assert.deepEqual(got.ids, [...ids], said);
        const near = await notes.query("texts", { queryEmbeddings: [[0, 0]], [key]: filter, include: [] });
        assert.deepEqual(near.ids, [[...ids]], said);
      }
    }
    const both = {
      where: { s: { $in: ["x", "y"] } },
      whereDocument: { $contains: "em" },
      ids: ["m", "z"],
      include: [],
    };
    assert.deepEqual((await notes.get("texts", both)).ids, ["m"]);
    assert.deepEqual(
      (await notes.get("texts", { where: { nobody: { $ne: 1 } }, limit: 2, offset: 1, include: [] })).ids,
      ["a", "m"],
    );
  });

  promised("a filter that Chroma would not take is refused with what would work", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    const wrong = [
      ...[{}, { n: 1, s: 2 }, [], "n", 5, { n: null }, { n: [] }, { n: {} }, { n: { $gt: 1, $lt: 2 } }, {
        n: { $like: "x" },
      }],
      ...[{ s: { $gt: "x" } }, { s: { $in: [] } }, { s: { $in: [1, "x"] } }, { s: { $in: "x" } }, { $and: [] }, {
        $and: [{ n: 1 }],
      }],
      ...[{ $or: "x" }, { $not: { n: 1 } }, { n: { $eq: { $eq: 1 } } }, { $and: [{ n: 1 }, {}] }],
      ...[{ s: { $in: Array.from({ length: 101 }, String) } }, { n: { $eq: [1] } }],
    ];
    for (const where of wrong) {
      const { code, hint } = await faultOf(() => notes.get("texts", { where }));
      assert.equal(code, "invalid_argument", JSON.stringify(where));
      assert.ok(hint.length > 0, JSON.stringify(where));
    }
    for (
      const whereDocument of [{}, "x", { $contains: "" }, { $contains: 1 }, { $regex: "x" }, {
        $and: [{ $contains: "x" }],
      }, { text: "x" }]
    ) {
      assert.equal(
        (await faultOf(() => notes.get("texts", { whereDocument }))).code,
        "invalid_argument",
        JSON.stringify(whereDocument),
      );
    }
    let deep: unknown = { n: 1 };
    for (let depth = 0; depth < 8; depth++) deep = { $and: [deep, { n: 1 }] };
    assert.deepEqual((await notes.get("texts", { where: deep, include: [] })).ids, []);
    assert.equal(
      (await faultOf(() => notes.get("texts", { where: { $and: [deep, { n: 1 }] } }))).code,
      "invalid_argument",
    );
  });
}
