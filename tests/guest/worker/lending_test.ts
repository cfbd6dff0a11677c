import assert from "node:assert/strict";
import { openLending } from "../../../kernel/guest/worker/lending.ts";
import { decodeValue, encodeValue } from "../../../kernel/primitives/value_codec.ts";

const NOBODY = () => undefined;

Deno.test("openLending numbers functions and streams each from 0, and the same thing twice as one", () => {
  const { lent, lend } = openLending(NOBODY);
  const [f, g] = [() => 1, () => 2];
  const [s, t] = [(async function* () {})(), { async *[Symbol.asyncIterator]() {} }];
  assert.deepEqual([f, s, g, t, f, s, t].map(lend), [
    { kind: "function", no: 0 },
    { kind: "stream", no: 0 },
    { kind: "function", no: 1 },
    { kind: "stream", no: 1 },
    { kind: "function", no: 0 },
    { kind: "stream", no: 0 },
    { kind: "stream", no: 1 },
  ]);
  assert.deepEqual([lent.functions, lent.streams, lent.signals, lent.kept], [[f, g], [s, t], undefined, undefined]);
});

Deno.test("openLending lends a kept function by its name", () => {
  const kept = () => {};
  const { lent, lend } = openLending((fn) => fn === kept ? "on_change" : undefined);
  assert.deepEqual([lend(kept), lend(() => {})], [{ kind: "kept", name: "on_change" }, { kind: "function", no: 0 }]);
  assert.deepEqual([lent.kept, lent.functions?.length], [["on_change"], 1]);
});

Deno.test("openLending lends signals among arguments and keeps them, to listen to", () => {
  const { lent, lend } = openLending(NOBODY);
  const { signal } = new AbortController();
  assert.deepEqual(lend(signal), { kind: "signal" });
  assert.deepEqual(lent.signals, [signal]);
});

Deno.test("openLending of an answer lends streams and nothing else: there is no call in which to call back", () => {
  const { lent, lend } = openLending();
  const stream = (async function* () {})();
  assert.deepEqual([lend(() => {}), lend(new AbortController().signal), lend(stream)], [
    ...[undefined, undefined, { kind: "stream", no: 0 }],
  ]);
  assert.deepEqual([lent.functions, lent.signals], [undefined, undefined]);
});

Deno.test("openLending takes no other object for a stream", () => {
  const { lent, lend } = openLending(NOBODY);
  for (const thing of [new Map(), [1], { [Symbol.asyncIterator]: 1 }, { [Symbol.iterator]() {} }, Promise.resolve()]) {
    assert.equal(lend(thing as object), undefined);
  }
  assert.equal(lent.streams, undefined);
});

Deno.test("what is lent in a list of arguments arrives by its number", () => {
  const { lent, lend } = openLending(NOBODY);
  const [f, g] = [() => 1, () => 2];
  const encoded = encodeValue([g, { deep: [f, g] }], "arguments", { lend });
  assert.ok(encoded.ok);
  const decoded = decodeValue(encoded.value, (ref) => ref.kind === "function" ? lent.functions?.[ref.no] : undefined);
  assert.ok(decoded.ok);
  const [first, { deep }] = decoded.value as unknown as [unknown, { deep: unknown[] }];
  assert.deepEqual([first === g, deep[0] === f, deep[1] === g], [true, true, true]);
});
