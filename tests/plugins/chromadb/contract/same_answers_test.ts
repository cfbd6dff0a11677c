/** What no list of cases covers: random records and questions, asked of a real Chroma server and of the embedded store. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { EMBEDDED, type Methods, MISSING, SERVER } from "../with_chroma.ts";

const KEYS = ["a", "b", "c"];
const TEXTS = ["milk", "Milk", "rye bread", "it's", "100%", "a_b", ""];
const number = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(0.5, -1.5));
const scalar = fc.oneof(number, fc.constantFrom(...TEXTS), fc.boolean());
const metadata = fc.option(
  fc.dictionary(fc.constantFrom(...KEYS), scalar, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
);
const document = fc.array(fc.constantFrom(...TEXTS), { maxLength: 3 }).map((words) => words.join(" "));
const vector = fc.array(fc.noBias(fc.integer({ min: -1e6, max: 1e6 })).map((x) => x / 1e6), {
  minLength: 3,
  maxLength: 3,
});
const record = fc.record({ metadata, document, embedding: vector });

const uniform = fc.oneof(
  fc.array(number, { minLength: 1, maxLength: 3 }),
  fc.array(fc.constantFrom(...TEXTS), { minLength: 1, maxLength: 3 }),
  fc.array(fc.boolean(), { minLength: 1, maxLength: 2 }),
);
const { where } = fc.letrec<{ where: unknown; leaf: unknown; tree: unknown }>((tie) => ({
  leaf: fc.tuple(
    fc.constantFrom(...KEYS),
    fc.oneof(
      scalar,
      fc.tuple(fc.constantFrom("$eq", "$ne"), scalar).map(([op, value]) => ({ [op]: value })),
      fc.tuple(fc.constantFrom("$gt", "$gte", "$lt", "$lte"), number).map(([op, value]) => ({ [op]: value })),
      fc.tuple(fc.constantFrom("$in", "$nin"), uniform).map(([op, values]) => ({ [op]: values })),
    ),
  ).map(([key, condition]) => ({ [key]: condition })),
  tree: fc.tuple(fc.constantFrom("$and", "$or"), fc.array(tie("where"), { minLength: 2, maxLength: 3 }))
    .map(([op, parts]) => ({ [op]: parts })),
  where: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("leaf"), tie("tree")),
}));
const contains = fc.tuple(
  fc.constantFrom("$contains", "$not_contains"),
  fc.constantFrom("milk", "Milk", "il", "%", "_", "e b", "'"),
)
  .map(([op, text]) => ({ [op]: text }));
const whereDocument = fc.oneof(
  contains,
  fc.tuple(fc.constantFrom("$and", "$or"), fc.tuple(contains, contains)).map(([op, parts]) => ({ [op]: parts })),
);
const question = fc.record({
  where: fc.option(where, { nil: undefined }),
  whereDocument: fc.option(whereDocument, { nil: undefined }),
  vector,
  nResults: fc.integer({ min: 1, max: 12 }),
});

Deno.test({
  name: "random questions get the same answers from a Chroma server and from the embedded store",
  ignore: MISSING !== undefined,
  async fn() {
    await SERVER.serve({}, (server) =>
      EMBEDDED.serve({}, async (embedded) => {
        let round = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom("l2", "cosine", "ip"),
            fc.array(record, { minLength: 1, maxLength: 12 }),
            fc.array(question, { minLength: 4, maxLength: 4 }),
            async (space, records, questions) => {
              const name = `round-${round++}`;
              const answers = await Promise.all(
                [server, embedded].map((served) => story(served.as("notes"), name, space, records, questions)),
              );
              assertAlike(answers[1], answers[0]);
            },
          ),
          {
            // Two records at nearly one distance would come in either order: always the same ones are asked for.
            seed: 7,
            numRuns: 40,
            endOnFailure: true,
          },
        );
      }));
  },
});

async function story(
  notes: Methods,
  name: string,
  space: string,
  records: readonly { metadata: unknown; document: string; embedding: number[] }[],
  questions: readonly { where: unknown; whereDocument: unknown; vector: number[]; nResults: number }[],
): Promise<unknown> {
  await notes.get_or_create_collection(name, { space });
  await notes.add(name, {
    ids: records.map((_, at) => `id ${at}`),
    documents: records.map(({ document }) => document),
    metadatas: records.map(({ metadata }) => metadata),
    embeddings: records.map(({ embedding }) => embedding),
  });
  const answers: unknown[] = [];
  for (const { vector, nResults, ...selection } of questions) {
    const { ids, ...near } = await notes.query(name, { queryEmbeddings: [vector], nResults, ...selection });
    const { embeddings: _, ...got } = await notes.get(name, { ...selection, limit: nResults });
    answers.push({ got, ids, near });
  }
  await notes.delete(name, { where: { a: { $ne: 1 } } });
  answers.push(await notes.get(name), await notes.count(name));
  await notes.delete_collection(name);
  return answers;
}

/** Distances are of 32 bits, and those of the two stores differ in the last ones. */
function assertAlike(found: unknown, wanted: unknown, path = "answers"): void {
  if (typeof found === "number" && typeof wanted === "number") {
    assert.ok(Math.abs(found - wanted) <= 1e-4 * (1 + Math.abs(wanted)), `${path}: ${found}, the server: ${wanted}`);
    return;
  }
  if (typeof found !== "object" || typeof wanted !== "object" || found === null || wanted === null) {
    return assert.deepEqual(found, wanted, path);
  }
  assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort(), path);
  for (const [key, value] of Object.entries(found)) {
    assertAlike(value, (wanted as Record<string, unknown>)[key], `${path}.${key}`);
  }
}
