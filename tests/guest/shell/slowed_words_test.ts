import assert from "node:assert/strict";
import { DEFAULT_LIMITS } from "../../../kernel/contract/limits.ts";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { SlowedWords } from "../../../kernel/guest/shell/slowed_words.ts";
import { FakeClock } from "../../primitives/fake_clock.ts";

const [I, J] = ["1.1", "1.2"] as InstanceId[];
const word = (id: number) => ({ t: "cancel", id }) as const;

function script() {
  const clock = new FakeClock();
  const words: [InstanceId, number][] = [];
  const told: [InstanceId, string, number, number][] = [];
  const slowed = new SlowedWords(clock, {
    word: (instance, word) => void words.push([instance, "id" in word ? word.id : 0]),
    slowed: (instance, { limit, found, allowed }) => void told.push([instance, limit, found, allowed]),
  });
  for (const instance of [I!, J!]) slowed.watch(instance, { ...DEFAULT_LIMITS, messages_per_s: 2 });
  return { clock, words, told, slowed };
}

Deno.test("SlowedWords slows one module down, in order and without losing a word, and leaves its neighbour alone", () => {
  const { clock, words, told, slowed } = script();
  for (let id = 1; id <= 5; id++) slowed.take(I!, word(id));
  slowed.take(J!, word(1));
  assert.deepEqual(words, [[I, 1], [I, 2], [J, 1]]);
  assert.deepEqual(told, [[I, "messages_per_s", 3, 2]]);
  for (let i = 0; i < 3; i++) clock.advance(500);
  assert.deepEqual(words.slice(3), [[I, 3], [I, 4], [I, 5]]);
  assert.equal(clock.pending, 0);
});

Deno.test("SlowedWords tells that a module is slowed down once a second", () => {
  const { clock, told, slowed } = script();
  for (let id = 1; id <= 50; id++) slowed.take(I!, word(id));
  assert.equal(told.length, 1);
  clock.advance(1_000);
  slowed.take(I!, word(51));
  slowed.take(I!, word(52));
  assert.equal(told.length, 2);
});

Deno.test("SlowedWords forgets what a module that is gone had to say, and its timer", () => {
  const { clock, words, slowed } = script();
  for (let id = 1; id <= 5; id++) slowed.take(I!, { ...word(id) });
  slowed.forget(I!);
  clock.advance(10_000);
  assert.deepEqual([words.length, slowed.waiting_bytes, clock.pending], [2, 0, 0]);
});
