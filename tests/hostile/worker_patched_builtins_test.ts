import assert from "node:assert/strict";
import { payloadOf, reply, startWorker } from "../guest/worker/start_worker.ts";
import { PRELUDE, WALK } from "../guest/worker/walk.ts";

/** Replaces every method and accessor of every built-in it can find by one that keeps what it sees, and the global constructors too. */
const SPY = `
const loot = new Set();
const { apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
const keep = Set.prototype.add.bind(loot);
let on = true;
const where = new Map(); const setWhere = Map.prototype.set.bind(where); let current = '';
const see = (value) => { if (!on) return; if ((typeof value === "object" && value !== null) || typeof value === "function") { keep(value); setWhere(value, current); } };
let calls = 0;
const spies = new WeakSet(), wasSpy = WeakSet.prototype.has.bind(spies), markSpy = WeakSet.prototype.add.bind(spies);
function spyOn(original, name) {
  const spy = function () { calls++; current = name; see(this); for (let i = 0; i < arguments.length; i++) see(arguments[i]); const out = new.target ? construct(original, arguments, new.target) : apply(original, this, arguments); current = name + ' result'; see(out); return out; };
  markSpy(spy); return spy;
}
function patch(object) {
  for (const key of ownKeys(object)) {
    if (key === "constructor" || key === Symbol.hasInstance) continue;
    const property = getOwnPropertyDescriptor(object, key);
    if (!property.configurable) continue;
    if (typeof property.value === "function" && !property.value.prototype?.constructor?.name?.match(/^[A-Z]/)) defineProperty(object, key, { ...property, value: spyOn(property.value, String(key)) });
    else if (property.get) defineProperty(object, key, { ...property, get: spyOn(property.get, 'get ' + String(key)), ...(property.set && { set: spyOn(property.set, 'set ' + String(key)) }) });
  }
}
const targets = [Object, Reflect, JSON, Math, Promise, Array, Number, String, Symbol, Date, Error, ArrayBuffer, URL, AbortSignal];
for (const name of Object.getOwnPropertyNames(globalThis)) { const value = globalThis[name]; if (typeof value === "function" && value.prototype && name !== "Function") targets.push(value.prototype); }
targets.push(Function.prototype, Object.getPrototypeOf([][Symbol.iterator]()), Object.getPrototypeOf(new Map().entries()), Object.getPrototypeOf(Int8Array.prototype), Object.getPrototypeOf((async () => {})().constructor ?? {}), (async function* () {}).prototype, Object.getPrototypeOf((function* () {}).prototype));
for (const target of new Set(targets)) if (target) patch(target);
for (const name of ["Promise", "Map", "Set", "WeakMap", "Uint8Array", "Error", "TypeError", "Proxy", "AbortController", "TextEncoder", "TextDecoder", "Object", "Array", "String", "Number"]) {
  const original = globalThis[name];
  globalThis[name] = new Proxy(original, { construct(target, args, to) { calls++; see(target); for (let i = 0; i < args.length; i++) see(args[i]); const made = construct(target, args, to === globalThis[name] ? target : to); see(made); return made; } });
}
let refused = 0;
for (const prototype of [Object.prototype, Array.prototype, Event.prototype, EventTarget.prototype]) for (const key of ["t", "port", "payload", "0", "handleEvent"]) {
  try { Object.defineProperty(prototype, key, { configurable: true, get() { see(this); return undefined; }, set(value) { see(this); see(value); } }); } catch { refused++; }
  try { Object.setPrototypeOf(prototype, new Proxy({}, { get(_, key, self) { see(self); } })); } catch { refused++; }
}
Object.defineProperty(Promise.prototype, "constructor", { configurable: true, get() { see(this); return Promise; } });
`;

Deno.test("a module that patches every built-in sees no power of the host while it is called, calls, waits, logs and fails", async () => {
  await using worker = await startWorker(
    `${WALK}\nconst safeWalk = walk; ${SPY}
    export class Module {
      constructor(kernel) { this.kernel = kernel; }
      echo(x) { return x; }
      async work() { const out = await this.kernel.getApi("db").query("q"); try { await this.kernel.getApi("db").fail(); } catch {} await this.kernel.sleep(1); console.log(out); setTimeout(() => {}, 1); this.kernel.caller().signal; return out; }
      fail() { throw new Error("x"); }
      async run() { await this.kernel.sleep(1); Promise.reject(new Error("nobody")); }
      look() {
        on = false;
        const found = [...loot];
        const named = {}; for (let i = 0; i < found.length; i++) named[i + ' by ' + where.get(found[i])] = found[i];
        const { hits, seen } = safeWalk(named);
        return { hits, seen, calls, refused, tags: found.filter((one) => typeof one === "object" && Symbol.toStringTag in one).map((one) => String(one[Symbol.toStringTag])) };
      }
    }`,
    { prelude: PRELUDE },
  );
  worker.onCall = (call) => {
    if (call.name !== "fail") return reply(call, { rows: [1] });
    const fault = { code: "not_found", message: "m", hint: "h", retriable: false, maybe_ran: true };
    return { t: "reply", id: call.id, ok: false, live: true, code: "not_found", payload: payloadOf(fault) };
  };
  worker.send({ t: "run" }, { t: "ping", seq: 1 });
  for (let i = 0; i < 3; i++) await worker.call("echo", [{ a: [1] }]);
  await worker.call("work");
  await worker.call("fail");
  await worker.call("_no");
  worker.send({ t: "cancel", id: worker.order("work", []).id });
  const { hits, seen, calls, refused, tags } = await worker.value("look") as {
    hits: string[];
    seen: number;
    calls: number;
    refused: number;
    tags: string[];
  };
  assert.deepEqual(hits, []);
  assert.equal(refused, 40);
  assert.ok(seen > 500 && calls > 100, `${seen} seen in ${calls} calls: the spy saw nothing`);
  for (const tag of ["MessagePort", "MessageEvent", "AsyncLocalStorage"]) assert.ok(!tags.includes(tag), tag);
});
