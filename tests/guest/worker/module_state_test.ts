import assert from "node:assert/strict";
import type { Payload } from "../../../kernel/contract/wire.ts";
import type { FromWorker } from "../../../kernel/guest/port.ts";
import { decodeValue, encodeValue } from "../../../kernel/primitives/value_codec.ts";
import { startWorker, type TestWorker } from "./start_worker.ts";

function encoded(value: unknown): Payload {
  const bytes = encodeValue(value);
  assert.ok(bytes.ok);
  return bytes.value;
}
function decoded(payload: Payload): unknown {
  const value = decodeValue(payload);
  assert.ok(value.ok);
  return value.value;
}

let last = 0;
async function exported(worker: TestWorker): Promise<FromWorker & { t: "state" }> {
  const id = ++last;
  const answer = worker.next("state", (state) => state.id === id);
  worker.send({ t: "export", id });
  return await answer;
}
async function imported(worker: TestWorker, state: unknown, from = ""): Promise<FromWorker & { t: "state" }> {
  const id = ++last;
  const answer = worker.next("state", (said) => said.id === id);
  worker.send({ t: "import", id, from, payload: encoded(state) });
  return await answer;
}
async function refusal(worker: TestWorker): Promise<{ code: string; message: string; hint: string }> {
  const { ok, payload } = await exported(worker);
  assert.equal(ok, false);
  return decoded(payload) as { code: string; message: string; hint: string };
}

Deno.test("a module says which of the two state methods it has", async () => {
  for (
    const [methods, said] of [
      ["exportState() {} importState() {}", "both"],
      ["exportState() {}", "export"],
      ["importState() {}", "import"],
      ["exportState = 5", undefined],
    ]
  ) {
    await using worker = await startWorker(`export class Module { ${methods} }`);
    assert.equal(worker.heard.find((message) => message.t === "ready")?.state, said);
  }
});

Deno.test("a state goes out of one instance and into another with all that plain data has, and the version", async () => {
  const text = `export class Module {
    state = null;
    set(state) { this.state = state; }
    async exportState() { await null; return this.state; }
    async importState(state, from) { await null; this.state = { state, from }; }
    look() { return this.state; }
  }`;
  await using one = await startWorker(text);
  const state = { n: 2n ** 70n, when: new Date(5), raw: new Uint8Array([1, 0, 255]), gone: undefined, list: [1, [2]] };
  await one.value("set", state);
  const { ok, payload } = await exported(one);
  assert.equal(ok, true);
  assert.deepEqual(decoded(payload), state);
  await using two = await startWorker(text);
  const taken = await imported(two, decoded(payload), "1.10");
  assert.deepEqual([taken.ok, taken.payload.length], [true, 0]);
  assert.deepEqual(await two.value("look"), { state, from: "1.10" });
});

Deno.test("a state of state_bytes goes out, one of a byte more is refused with what would help", async () => {
  const text = (size: number) => `export class Module { exportState() { return "x".repeat(${size}); } }`;
  await using fits = await startWorker(text(998), { limits: { state_bytes: 1_000 } });
  assert.equal((await exported(fits)).payload.length, 1_000);
  await using large = await startWorker(text(999), { limits: { state_bytes: 1_000 } });
  const why = await refusal(large);
  assert.deepEqual([why.code, why.message], ["too_large", "the state makes more than limits.state_bytes, 1000 bytes"]);
  assert.match(why.hint, /raise limits\.state_bytes/);
});

Deno.test("a state that is no plain data is refused with the path of what is not, without running its code", async () => {
  for (
    const [state, message] of [
      ["{ deep: [{ when: new Map() }] }", /^state\.deep\[0\]\.when is a Map; pass plain data/],
      ["{ get now() { globalThis.ran = true; return 1; } }", /^state\.now is an accessor/],
      ["{ f() {} }", /^state\.f is a function/],
      ["this", /^state is a Module/],
      ["(() => { const a = {}; a.a = a; return a; })()", /contains itself/],
      ["new Proxy({}, { ownKeys() { throw new Error('trapped'); } })", /^state can't be read: trapped/],
    ] as const
  ) {
    await using worker = await startWorker(
      `export class Module { exportState() { return ${state}; } ran() { return globalThis.ran === true; } }`,
    );
    assert.match((await refusal(worker)).message, message);
    assert.equal(await worker.value("ran"), false);
  }
});

Deno.test("what the state methods throw is an answer, counted and logged, and the module serves on", async () => {
  await using worker = await startWorker(`export class Module {
    exportState() { throw new RangeError("too far"); }
    async importState() { await null; throw new TypeError("not mine"); }
    look() { return 1; }
  }`);
  const why = await refusal(worker);
  assert.deepEqual([why.code, why.message], ["module_error", "RangeError: too far"]);
  const { ok, payload } = await imported(worker, 1);
  assert.deepEqual([ok, (decoded(payload) as { message: string }).message], [false, "TypeError: not mine"]);
  assert.equal(await worker.value("look"), 1);
  const pong = worker.next("pong");
  worker.send({ t: "ping", seq: 1 });
  assert.equal((await pong).error_count, 2);
  assert.ok(worker.heard.some((message) => message.t === "log" && message.text.includes("RangeError: too far")));
});

Deno.test("a module without the method that is asked for says so", async () => {
  await using worker = await startWorker(`export class Module {}`);
  assert.equal((await refusal(worker)).message, "the module has no exportState()");
  const { ok, payload } = await imported(worker, 1);
  assert.deepEqual([ok, (decoded(payload) as { code: string }).code], [false, "no_attribute"]);
});
