import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

/** What is not plain data, made inside of the Worker: as an argument, as a result, as a part of a thrown error. */
const BOMBS = `
const cycle = { a: [] }; cycle.a.push(cycle);
const deep = (n) => { let value = 1; for (let i = 0; i < n; i++) value = [value]; return value; };
class Own { x = 1; }
const bomb = () => { let value = ["lol"]; for (let i = 0; i < 40; i++) value = [value, value, value, value]; return value; };
export const MAKE = {
  map: () => new Map([[1, 2]]), set: () => new Set([1]), own: () => new Own(), fn: () => () => 1, symbol: () => Symbol("x"),
  cycle: () => cycle, deep65: () => deep(65), deep100000: () => deep(100_000), nan: () => NaN, infinity: () => ({ x: [-Infinity] }),
  hole: () => [1, , 3], sparse: () => { const list = []; list[4294967290] = 1; return list; }, getter: () => ({ get x() { for (;;); } }),
  throwing_getter: () => ({ get x() { throw new Error("gotcha"); } }), regexp: () => /(a+)+$/, invalid_date: () => new Date(NaN),
  proxy: () => new Proxy({}, { ownKeys() { throw new Error("trap"); } }), proto_trap: () => new Proxy({}, { getPrototypeOf() { throw new Error("trap"); } }),
  revoked: () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; },
  bigint: () => 10n ** 100_000n, bomb, huge: () => "x".repeat(9_000_000), array_class: () => new (class List extends Array {})(3),
  buffer: () => new ArrayBuffer(8), typed: () => new Float64Array(2), promise_in: () => ({ p: Promise.resolve(1) }), error: () => new Error("as a value"),
  symbol_key: () => ({ [Symbol("k")]: 1, ok: 1 }), weak: () => new WeakMap(), handle: () => globalThis.handle, blob: () => new Blob(["x"]), url: () => new URL("file:///etc/passwd"),
  generator: () => (function* () { yield 1; })(), boxed: () => new String("x"), tojson: () => ({ toJSON() { return "replaced"; } }),
  proto_own: () => JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2, "then": 3, "toString": 4, "$": 5, "$$": 6}'),
  null_proto: () => Object.assign(Object.create(null), { a: 1 }), lone: () => "a\\ud800b", minus_zero: () => -0, undef: () => ({ a: undefined }), bytes: () => new Uint8Array([1, 2, 3]),
  accessor_array: () => Object.defineProperty([1], "0", { get() { return 1; } }), detached: () => { const u = new Uint8Array(8); structuredClone(u, { transfer: [u.buffer] }); return u; },
  resizable: () => new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 })), subclass_bytes: () => new (class extends Uint8Array {})(4), thenable: () => ({ then: 5 }),
  date_class: () => new (class extends Date {})(5), frozen: () => Object.freeze({ a: Object.freeze([1]) }), non_enumerable: () => Object.defineProperty({ a: 1 }, "hidden", { value: 2 }),
};`;
const GIVER = BOMBS.replace("export const", "const") + `
export class Module {
  constructor(kernel) { this.kernel = kernel; globalThis.handle = kernel.getApi("taker"); }
  names() { return Object.keys(MAKE); }
  result(name) { return MAKE[name](); }
  async argument(name) {
    try { return ["took", await this.kernel.getApi("taker").take(MAKE[name]())]; }
    catch (error) { return [error.code ?? error.name, error.message]; }
  }
  throws(name) { throw MAKE[name](); }
  throws_error(name) { const error = new Error("told"); error.code = MAKE[name](); error.cause = MAKE[name](); error.hint = MAKE[name](); throw error; }
  polluted() { return [({}).polluted ?? null, Object.prototype.polluted ?? null]; }
}`;
const TAKER = `export class Module {
  take(value) { return typeof value; }
  polluted() { return [({}).polluted ?? null, Object.keys(Object.prototype).length]; }
}`;

/** These are plain, or become so without running anything of theirs. */
const ARRIVE = [
  ...["symbol_key", "proto_own", "null_proto", "lone", "minus_zero", "undef", "bytes", "resizable", "subclass_bytes"],
  ...["thenable", "date_class", "frozen", "non_enumerable"],
];

/** Functions, lent as arguments. */
const LENT = ["fn", "tojson"];

Deno.test("a value that is not plain is refused by name with its path, as a result and as an argument, and harms nobody", async () => {
  await underAttack({
    "plugins/giver.js": GIVER,
    "configs/giver.yml": "grants: {services: [taker]}\nlimits: {memory_mb: 512, liveness_ms: 20000}\n",
    "plugins/taker.js": TAKER,
    "configs/taker.yml": "limits: {memory_mb: 512}\n",
  }, async (attacked) => {
    const before = await attacked.status();
    for (const name of await attacked.call<string[]>("giver", "names")) {
      const result = await attacked.tryCall("giver", "result", name);
      const [code, message] = await attacked.call<[string, string]>("giver", "argument", name);
      // A function among the arguments is lent.
      assert.equal(
        code === "took",
        ARRIVE.includes(name) || LENT.includes(name),
        `argument ${name}: ${code}: ${message}`,
      );
      if (code !== "took") {
        assert.match(code, /^(invalid_argument|too_deep|too_large)$/);
        assert.match(message, name === "huge" ? /8388608 bytes/ : /^arguments/);
      }
      if (name !== "huge") { // the operator takes more at once than a module
        assert.equal(result.ok, ARRIVE.includes(name), `result ${name}`);
        if (!result.ok && name !== "revoked") { // awaiting it is what throws
          assert.match(
            result.fault.code,
            /^(invalid_argument|too_deep|too_large)$/,
            `${name}: ${result.fault.message}`,
          );
          assert.match(result.fault.message, /^result/);
          assert.equal(result.fault.maybe_ran, true);
        }
      }
      for (const way of ["throws", "throws_error"]) {
        const thrown = await attacked.fault("giver", way, name);
        assert.equal(thrown.code, "module_error", `${way} ${name}: ${thrown.code}`);
        assert.ok(thrown.message.length < 10_000 && thrown.hint.length < 1_100);
      }
    }
    assert.deepEqual(await attacked.call("giver", "polluted"), [null, null]);
    assert.deepEqual(await attacked.call("taker", "polluted"), [null, 0]);
    const after = await attacked.status();
    for (const api of ["giver", "taker"]) {
      assert.equal(
        after.modules.find((m) => m.api === api)!.pid,
        before.modules.find((m) => m.api === api)!.pid,
        `${api} was started again`,
      );
    }
  });
});
