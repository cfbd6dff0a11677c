import assert from "node:assert/strict";
import fc from "fast-check";
import { distance } from "../../../plugins/chromadb/distance.ts";
import { HASH_DIMENSIONS, hashEmbedding, hashEmbeddings } from "../../../plugins/chromadb/hash_embedding.ts";

const near = (a: string, b: string) =>
  distance("cosine", Float32Array.from(hashEmbedding(a)), Float32Array.from(hashEmbedding(b)));

Deno.test("hashEmbedding gives each text a vector of 256 dimensions and length 1, the same each time", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const vector = hashEmbedding(text);
    assert.equal(vector.length, HASH_DIMENSIONS);
    assert.ok(Math.abs(Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0)) - 1) < 1e-9, text);
    assert.deepEqual(hashEmbedding(text), vector);
  }));
});

Deno.test("hashEmbedding never changes: what is stored would lose its neighbours", () => {
  const places = hashEmbedding("Fresh bread!").flatMap((value, place) =>
    value === 0 ? [] : [[place, Number(value.toFixed(4))]]
  );
  assert.deepEqual(places, PLACES);
});

Deno.test("hashEmbedding puts texts that share words near one another, whatever their case and punctuation", () => {
  assert.ok(near("Fresh BREAD!", "fresh bread") < 1e-6);
  assert.ok(
    near("the bakery sells bread", "bread from a bakery") < near("the bakery sells bread", "quarterly tax report"),
  );
  assert.ok(near("baking", "baker") < near("baking", "train"));
  for (const empty of ["", "…", " \n"]) assert.equal(near(empty, ""), 0);
});

Deno.test("hashEmbeddings gives what hashEmbedding gives, and lets others run in between", async () => {
  const texts = ["a".repeat(150_000), "b".repeat(150_000), "c"];
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const vectors = await hashEmbeddings(texts);
  clearInterval(timer);
  assert.deepEqual(vectors, texts.map(hashEmbedding));
  assert.ok(turns > 0);
});

const PLACES: readonly (readonly [place: number, value: number])[] = [
  ...[[25, 0.3162], [35, 0.3162], [79, -0.3162], [85, 0.3162], [90, 0.3162]] as const,
  ...[[112, 0.3162], [139, -0.3162], [147, 0.3162], [232, 0.3162], [252, -0.3162]] as const,
];
