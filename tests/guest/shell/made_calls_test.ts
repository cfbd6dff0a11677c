import assert from "node:assert/strict";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { type CallMade, hasStreams, MadeCalls } from "../../../kernel/guest/shell/made_calls.ts";

const I = "1.1" as InstanceId, OTHER = "1.2" as InstanceId;
const facts = (worker_id: number, payload = "", instance = I): CallMade => ({
  ...{ instance, worker_id, api: "b", aspect: "default", name: "m", kind: "call", payload },
  ...{ timeout: undefined, trace: undefined, lends: undefined, parent: undefined },
});

Deno.test("MadeCalls numbers calls for the life of the cell and finds them by either number until they end", () => {
  const made = new MadeCalls();
  const [a, b, c] = [made.add(facts(1)), made.add(facts(1, "", OTHER)), made.add(facts(2))];
  assert.deepEqual([a.id, b.id, c.id, made.size], [1, 2, 3, 3]);
  assert.equal(made.find(I, 1), a);
  assert.equal(made.find(OTHER, 1), b);
  assert.equal(made.find(OTHER, 2), undefined);
  assert.equal(made.get(3), c);
  assert.deepEqual([made.all(), made.of(I)], [[a, b, c], [a, c]]);
  assert.equal(made.end(1), a);
  assert.equal(made.end(1), undefined);
  assert.deepEqual([made.get(1), made.find(I, 1), made.size], [undefined, undefined, 2]);
  assert.equal(made.add(facts(3)).id, 4, "no number comes twice");
  assert.deepEqual([0, 1, 4, 5].map((id) => made.wasGiven(id)), [false, true, true, false]);
});

Deno.test("MadeCalls counts the payloads that it keeps", () => {
  const made = new MadeCalls();
  made.add(facts(1, "12345"));
  made.add({ ...facts(2), payload: new Uint8Array(10) });
  assert.equal(made.bytes, 15);
  made.end(1);
  made.end(1);
  assert.equal(made.bytes, 10);
});

Deno.test("hasStreams tells what nobody can say again: streams among the arguments, or of an answer that is out", () => {
  const made = new MadeCalls();
  const plain = made.add(facts(1));
  const lending = made.add({ ...facts(2), lends: { functions: 1, kept: ["f"], as_caller: true } });
  const streaming = made.add({ ...facts(3), lends: { streams: 1 } });
  assert.deepEqual([plain, lending, streaming].map(hasStreams), [false, false, true]);
  plain.streams = 2;
  assert.equal(hasStreams(plain), true);
});
