/** Each limit at the last value that is allowed and the first that is not. */
import assert from "node:assert/strict";
import { parseGet, parseQuery, parseShape } from "../../../plugins/chromadb/parse_questions.ts";
import { parseRecords } from "../../../plugins/chromadb/parse_records.ts";
import { readSettings } from "../../../plugins/chromadb/settings.ts";
import { config, faultOf } from "../scripted_kernel.ts";

const small = {
  max_batch: 2,
  max_document_bytes: 4,
  max_metadata_bytes: 9,
  max_dimensions: 3,
  max_results: 5,
  max_queries: 2,
};
const { limits } = readSettings(config({ params: small }));
const add = (records: unknown) => () => parseRecords(records, limits);
const query = (question: unknown) => () => parseQuery(question, limits);
const get = (question: unknown) => () => parseGet(question, limits);
const of = (documents: unknown[], more = {}) => ({ ids: documents.map((_, at) => String(at)), documents, ...more });

const EDGES:
  readonly (readonly [name: string, allowed: () => unknown, refused: () => unknown, code: string, hint: RegExp])[] = [
    ["max_batch of add", add(of(["a", "b"])), add(of(["a", "b", "c"])), "too_large", /at most 2 \(max_batch/],
    ["max_batch of ids", get({ ids: ["a", "b"] }), get({ ids: ["a", "b", "c"] }), "too_large", /at most 2 \(max_batch/],
    ["max_document_bytes", add(of(["ää"])), add(of(["äää"])), "too_large", /at most 4 \(max_document_bytes/],
    [
      "max_document_bytes of a question",
      query({ queryTexts: ["abcd"] }),
      query({ queryTexts: ["abcde"] }),
      "too_large",
      /at most 4 /,
    ],
    [
      "max_metadata_bytes",
      add(of(["a"], { metadatas: [{ a: "x" }] })),
      add(of(["a"], { metadatas: [{ a: "xy" }] })),
      "too_large",
      /at most 9 \(max_metadata_bytes/,
    ],
    [
      "max_dimensions",
      add({ ids: ["a"], embeddings: [[1, 2, 3]] }),
      add({ ids: ["a"], embeddings: [[1, 2, 3, 4]] }),
      "too_large",
      /at most 3 \(max_dimensions/,
    ],
    [
      "max_dimensions of a question",
      query({ queryEmbeddings: [[1, 2, 3]] }),
      query({ queryEmbeddings: [[1, 2, 3, 4]] }),
      "too_large",
      /at most 3 /,
    ],
    [
      "max_queries",
      query({ queryTexts: ["a", "b"] }),
      query({ queryTexts: ["a", "b", "c"] }),
      "too_large",
      /at most 2 \(max_queries/,
    ],
    [
      "max_results of a query",
      query({ queryTexts: ["a"], nResults: 5 }),
      query({ queryTexts: ["a"], nResults: 6 }),
      "invalid_argument",
      /from 1 to 5/,
    ],
    ["max_results of get", get({ limit: 5 }), get({ limit: 6 }), "invalid_argument", /from 1 to 5/],
    [
      "the length of an id",
      add(of(["a"], { ids: ["ä".repeat(256)] })),
      add(of(["a"], { ids: ["ä".repeat(256) + "a"] })),
      "invalid_argument",
      /1 to 512 bytes/,
    ],
    [
      "a number that 32 bits hold",
      add({ ids: ["a"], embeddings: [[3.4e38]] }),
      add({ ids: ["a"], embeddings: [[3.5e38]] }),
      "invalid_argument",
      /one vector for each/,
    ],
  ];

for (const [name, allowed, refused, code, hint] of EDGES) {
  Deno.test(`${name}: the last value is taken, the next one refused`, async () => {
    allowed();
    const fault = await faultOf(refused);
    assert.equal(fault.code, code);
    assert.match(fault.hint, hint);
  });
}

Deno.test("arguments that are empty, of another kind or unknown are refused with an example", async () => {
  const wrong: readonly (() => unknown)[] = [
    ...[undefined, null, 5, "x", [], {}, { ids: [] }, { ids: ["a"] }, { ids: "a", documents: "a" }].map(add),
    ...[{ ids: ["a"], documents: [] }, { ids: ["a"], documents: ["x", "y"] }, { ids: ["a"], documents: [null] }].map(
      add,
    ),
    ...[{ ids: [1], documents: ["x"] }, { ids: [""], documents: ["x"] }, { ids: ["a\0"], documents: ["x"] }].map(add),
    ...[{ ids: ["a"], documents: ["x\0"] }, { ids: ["a"], documents: ["x"], uris: ["u"] }, {
      ids: ["a"],
      embeddings: [[]],
    }].map(add),
    ...[{ ids: ["a"], embeddings: [["1"]] }, { ids: ["a", "b"], embeddings: [[1], [1, 2]] }, {
      ids: ["a"],
      embeddings: [1],
    }].map(add),
    ...[5, [], { $a: 1 }, { "#a": 1 }, { "chroma:a": 1 }, { "": 1 }, { a: [1] }, { a: {} }, { a: 2 ** 53 }].map((
      metadata,
    ) => add(of(["a"], { metadatas: [metadata] }))),
    ...[undefined, {}, { queryTexts: [] }, { queryTexts: "x" }, { queryTexts: [""] }, {
      queryTexts: ["a"],
      queryEmbeddings: [[1]],
    }].map(query),
    ...[{ queryTexts: ["a"], n_results: 3 }, { queryTexts: ["a"], include: ["uris"] }, {
      queryTexts: ["a"],
      include: "ids",
    }].map(query),
    ...[{ ids: [] }, { limit: 0 }, { offset: -1 }, { offset: 1.5 }, { include: ["distances"] }].map(get),
    ...[{ space: "manhattan" }, { metadata: [] }, { name: "x" }, "l2"].map((shape) => () => parseShape(shape, limits)),
  ];
  for (const act of wrong) {
    const { code, message, hint } = await faultOf(act);
    assert.equal(code, "invalid_argument", message);
    assert.match(message, /^Cannot call (add|query|get|get_or_create_collection): /);
    assert.ok(hint.length > 10, message);
  }
});
