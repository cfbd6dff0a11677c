import assert from "node:assert/strict";
import { payloadOf, reply, startWorker } from "../guest/worker/start_worker.ts";

Deno.test("code is not made from text, by whichever door", async () => {
  await using worker = await startWorker(`export class Module {
    go() {
      const doors = {
        Function: () => Function("return 1")(), newFunction: () => new Function("return 1")(), constructor: () => (() => {}).constructor("return 1")(), async: () => (async () => {}).constructor("return 1"),
        generator: () => (function* () {}).constructor("yield 1"), asyncGenerator: () => (async function* () {}).constructor("yield 1"), reflect: () => Reflect.construct(Function, ["return 1"]),
        sub: () => new (class extends Function {})("return 1"), target: () => Reflect.construct(Object, [], Function).constructor("return 1")(), proto: () => Object.getPrototypeOf((async () => {}).constructor)("return 1")(),
        call: () => Function.prototype.constructor.call(null, "return 1")(), eval: () => globalThis.eval("1"), indirect: () => (0, eval)("1"), timer: () => setTimeout("1"), bind: () => Function.bind(null, "return 1")()(),
        of: () => Array.from.call(Function, ["return 1"]), species: () => { const p = Promise.resolve(); p.constructor = { [Symbol.species]: Function }; return p.then(() => 1); },
      };
      return Object.entries(doors).map(([name, open]) => { try { return name + " gave " + typeof open(); } catch (e) { return e.name; } }).filter((one) => / gave /.test(one));
    }
    back() { const out = []; for (const change of [() => { Function.prototype.constructor = Object; }, () => { globalThis.Function = 1; }, () => { delete globalThis.Function; }, () => Object.defineProperty((async () => {}).constructor.prototype, "constructor", { value: 1 })]) try { change(); out.push("changed"); } catch { out.push("fixed"); } return out; }
    kind() { return [typeof Function, (() => 1) instanceof Function, Function.prototype === Object.getPrototypeOf(() => 1), Function.name, Function.prototype.toString.call(() => 1).length > 0]; }
  }`);
  assert.deepEqual(await worker.value("go"), []);
  assert.deepEqual(await worker.value("back"), ["fixed", "fixed", "fixed", "fixed"]);
  assert.deepEqual(await worker.value("kind"), ["function", true, true, "Function", true]);
});

Deno.test("the global scope's own channel, its end and its events are out of reach", async () => {
  await using worker = await startWorker(`export class Module {
    go() {
      const names = ["self", "postMessage", "close", "onmessage", "onerror", "addEventListener", "Deno", "process", "global", "Worker", "BroadcastChannel", "MessageChannel", "SharedArrayBuffer", "Atomics", "navigator", "location", "caches", "reportError", "require", "Buffer", "setImmediate", "importScripts"];
      const there = names.filter((name) => name in globalThis);
      const tricks = {
        dispatch: () => globalThis.dispatchEvent(new Event("error")), listen: () => EventTarget.prototype.addEventListener.call(globalThis, "unhandledrejection", () => {}), other: () => EventTarget.prototype.dispatchEvent.call(globalThis, new Event("message")),
        replace: () => { globalThis.dispatchEvent = () => true; return globalThis.dispatchEvent(new Event("x")); }, proto: () => { Object.getPrototypeOf(globalThis).dispatchEvent = 1; return 1; }, fake: () => globalThis.dispatchEvent(Object.create(Event.prototype)),
      };
      return [there, Object.entries(tricks).map(([name, act]) => { try { act(); return name; } catch (e) { return e.name; } })];
    }
    stack() {
      const seen = []; Error.prepareStackTrace = (error, sites) => { seen.push(sites); return "mine"; };
      const { stack } = new Error("x"); const holder = {}; Error.captureStackTrace(holder);
      return [seen.length, typeof stack, stack === "mine", typeof holder.stack, Error.prepareStackTrace === undefined];
    }
    limit() { Error.stackTraceLimit = 1; const one = new Error("x").stack.split("\\n").length; Error.stackTraceLimit = 10; return one; }
  }`);
  const [there, tricks] = await worker.value("go") as [string[], string[]];
  assert.deepEqual(there, []);
  assert.equal(tricks.filter((one) => one !== "TypeError").join(), "", String(tricks));
  assert.deepEqual(await worker.value("stack"), [0, "string", false, "string", true]);
  assert.equal(await worker.value("limit"), 2);
  const failed = worker.next("failed");
  assert.deepEqual(worker.leaked, []);
  await Promise.race([failed, new Promise((done) => setTimeout(done, 20))]);
  failed.catch(() => {});
});

Deno.test("results and errors with hostile getters, traps and names hurt nobody and pollute nothing", async () => {
  await using worker = await startWorker(`export class Module {
    constructor(kernel) { this.kernel = kernel; }
    getter() { return { get x() { throw new Error("read"); } }; }
    then() { return "never asked for"; }
    thenable() { return { then(resolve) { resolve({ then: "plain" }); } }; }
    stuckThen() { return { get then() { throw new Error("trap"); } }; }
    proxy() { return new Proxy({}, { ownKeys() { throw new Error("trap"); } }); }
    revoked() { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; }
    throwGetters() { throw { get message() { throw 1; }, get name() { throw 2; }, get stack() { throw 3; }, get code() { throw 4; }, get cause() { throw 5; }, get constructor() { throw 6; } }; }
    throwProxy() { throw new Proxy(new Error("x"), { get() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); } }); }
    throwSymbols() { throw Object.assign(new Error("x"), { message: Symbol("m"), name: Symbol("n"), stack: 5, code: Symbol("c") }); }
    throwSymbol() { throw Symbol("s"); }
    throwHuge() { throw new Error("x".repeat(10_000_000)); }
    throwChanging() { let n = 0; throw { get code() { return n++ ? "internal" : "not_found"; }, message: "m" }; }
    proto() { return JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'); }
    take(value) { return [Object.keys(value), value.polluted, {}.polluted]; }
    deep() { let a = []; for (let i = 0; i < 100_000; i++) a = [a]; return a; }
    cycle() { const a = {}; a.a = a; return a; }
    holes() { return [, 1]; }
    async ask() { return Object.keys(await this.kernel.getApi("x").f()); }
  }`);
  const codes: Record<string, string> = {};
  for (
    const name of [
      "getter",
      "proxy",
      "revoked",
      "stuckThen",
      "throwGetters",
      "throwProxy",
      "throwSymbols",
      "throwSymbol",
      "throwHuge",
      "throwChanging",
      "deep",
      "cycle",
      "holes",
    ]
  ) {
    const answer = await worker.call(name);
    codes[name] = answer.ok ? "ok" : answer.code;
    if (!answer.ok) assert.ok(String(answer.fault["message"]).length < 9_000, name);
  }
  assert.deepEqual(codes, {
    ...{ getter: "invalid_argument", proxy: "invalid_argument", revoked: "module_error", stuckThen: "module_error" },
    ...{
      throwGetters: "module_error",
      throwProxy: "module_error",
      throwSymbols: "module_error",
      throwSymbol: "module_error",
    },
    ...{
      throwHuge: "module_error",
      throwChanging: "not_found",
      deep: "too_deep",
      cycle: "invalid_argument",
      holes: "invalid_argument",
    },
  });
  assert.deepEqual(await worker.value("thenable"), { then: "plain" });
  assert.deepEqual(Object.keys(await worker.value("proto") as object), ["__proto__", "constructor"]);
  assert.deepEqual(await worker.value("take", [JSON.parse('{"__proto__": {"polluted": 1}}')]), [
    ["__proto__"],
    undefined,
    undefined,
  ]);
  worker.onCall = (call) => reply(call, JSON.parse('{"__proto__": 1, "then": 2, "toString": 3}'));
  assert.deepEqual(await worker.value("ask"), ["__proto__", "then", "toString"]);
});

Deno.test("the shell's words about nothing known are survived", async () => {
  await using worker = await startWorker(`export class Module { look() { return 1; } }`);
  worker.send({ t: "cancel", id: 5 }, { t: "nonsense" } as never, {} as never, {
    t: "reply",
    id: -1,
    ok: false,
    live: true,
    streams: 0,
    payload: payloadOf(null),
  });
  assert.equal(await worker.value("look"), 1);
});
