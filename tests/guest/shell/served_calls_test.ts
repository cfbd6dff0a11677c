import assert from "node:assert/strict";
import type { CallKey, InstanceId } from "../../../kernel/contract/names.ts";
import { type Answer, ServedCalls } from "../../../kernel/guest/shell/served_calls.ts";

const I = "1.1" as InstanceId;
const key = (n: number) => `a~1!i#${n}` as CallKey;
const answer = (bytes: number): Answer => ({ ok: true, payload: new Uint8Array(bytes) });

function run(served: ServedCalls, n: number, bytes: number, now = 0): void {
  const asked = served.ask(key(n), I, { link: 1, id: n });
  assert.ok(asked.is === "new");
  served.finish(asked.serial, answer(bytes), now);
}

Deno.test("ServedCalls keeps as many answers as its count allows and drops the oldest beyond", () => {
  const served = new ServedCalls({ count: 2, bytes: 1_000, ms: 1_000 });
  run(served, 1, 1);
  run(served, 2, 1);
  assert.deepEqual(served.held(), [key(2), key(1)]);
  run(served, 3, 1);
  assert.deepEqual(served.held(), [key(3), key(2)]);
});

Deno.test("ServedCalls keeps answers up to its bytes and drops the oldest beyond", () => {
  const served = new ServedCalls({ count: 10, bytes: 100, ms: 1_000 });
  run(served, 1, 60);
  run(served, 2, 40);
  assert.equal(served.held().length, 2);
  run(served, 3, 1);
  assert.deepEqual(served.held(), [key(3), key(2)]);
});

Deno.test("ServedCalls keeps an answer for its time and not a millisecond longer", () => {
  const served = new ServedCalls({ count: 10, bytes: 100, ms: 1_000 });
  run(served, 1, 1, 5);
  served.expire(1_004);
  assert.equal(served.knows(key(1)), true);
  served.expire(1_005);
  assert.equal(served.knows(key(1)), false);
});

Deno.test("ServedCalls counts what an instance runs and forgets links that are closed", () => {
  const served = new ServedCalls();
  const asked = served.ask(key(1), I, { link: 1, id: 1 });
  assert.ok(asked.is === "new" && served.runs(I));
  served.ask(key(1), I, { link: 2, id: 8 });
  assert.equal(served.askerOf(asked.serial)?.link, 2);
  served.forgetLink(2);
  assert.deepEqual(served.askerOf(asked.serial), { link: 1, id: 1 });
  served.forgetLink(1);
  assert.equal(served.finish(asked.serial, answer(1), 0)?.asker, undefined);
  assert.equal(served.runs(I), false);
  assert.equal(served.finish(asked.serial, answer(1), 0), undefined, "a second answer is nobody's");
});

Deno.test("ServedCalls frees the bytes of an acknowledged answer", () => {
  const served = new ServedCalls({ count: 10, bytes: 100, ms: 1_000 });
  run(served, 1, 60);
  served.acknowledged("a~1!i", [[1, 1], [7, 7]]);
  run(served, 2, 60);
  run(served, 3, 40);
  assert.equal(served.held().length, 2);
});

Deno.test("ServedCalls lets a call run on while streams of its answer are open, and says when the last is at its end", () => {
  const served = new ServedCalls();
  const asked = served.ask(key(1), I, { link: 1, id: 7 });
  assert.ok(asked.is === "new");
  assert.equal(served.streamEnded(asked.serial), false, "its answer is not out");
  assert.deepEqual(served.answered(asked.serial, 2), { link: 1, id: 7 });
  assert.deepEqual([served.runs(I), served.held()], [true, [key(1)]]);
  assert.deepEqual([served.streamEnded(asked.serial), served.streamEnded(asked.serial)], [false, true]);
  assert.equal(served.streamEnded(asked.serial), false);
  assert.equal(served.answered(99, 1), undefined);
  assert.equal(served.streamEnded(99), false);
});

Deno.test("ServedCalls gives the calls whose streams went with a link, those that have some and no others", () => {
  const served = new ServedCalls();
  const ask = (n: number, streams: boolean, link = 1) => {
    const asked = served.ask(key(n), I, { link, id: n }, { streams });
    assert.ok(asked.is === "new");
    return asked.serial;
  };
  const [with_arguments, plain, with_answer, elsewhere] = [ask(1, true), ask(2, false), ask(3, false), ask(4, true, 2)];
  served.answered(with_answer, 1);
  assert.deepEqual(served.forgetLink(1).map(({ serial }) => serial), [with_arguments, with_answer]);
  assert.equal(served.askerOf(plain), undefined);
  assert.deepEqual(served.forgetLink(2), [{ serial: elsewhere, instance: I }]);
});

Deno.test("ServedCalls tells the number of a call on each link that asked for it and lives", () => {
  const served = new ServedCalls();
  const asked = served.ask(key(1), I, { link: 1, id: 7 });
  assert.ok(asked.is === "new");
  served.ask(key(1), I, { link: 2, id: 9 });
  const { serial } = asked;
  assert.deepEqual([served.idOn(serial, 1), served.idOn(serial, 2), served.idOn(serial, 3)], [7, 9, undefined]);
  assert.equal(served.askedBy({ link: 1, id: 7 }), undefined, "the newest link's word counts");
  assert.equal(served.askedBy({ link: 2, id: 9 })?.serial, serial);
  served.forgetLink(2);
  assert.deepEqual([served.idOn(serial, 1), served.idOn(serial, 2)], [7, undefined]);
  assert.equal(served.askedBy({ link: 1, id: 7 })?.serial, serial, "its word counts again");
  assert.equal(served.idOn(99, 1), undefined);
});
