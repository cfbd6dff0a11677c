/**
 * A walk over everything that module code can reach by properties, looking for what it must not have. What that is, is taken by identity from the realm before the
 * bootstrap runs (PRELUDE) and kept under a symbol, which the lockdown leaves alone; the walk itself is text, since it runs in the Worker.
 */

/** Runs before the bootstrap: remembers each forbidden thing and its name. */
export const PRELUDE = `
import * as forbiddenModule from "node:module";
{
  const found = new Map();
  const add = (value, name) => { if ((typeof value === "object" && value !== null) || typeof value === "function") { if (!found.has(value)) found.set(value, name); } };
  const addAll = (object, name) => { for (const key of Reflect.ownKeys(object)) { try { const value = object[key]; if (typeof value === "function") add(value, name + "." + String(key)); } catch {} } };
  const internals = Deno[Deno.internal];
  for (const [name, object] of Object.entries({ Deno, process, internals, core: internals.core, ops: internals.core.ops, "node:module": forbiddenModule })) { add(object, name); addAll(object, name); }
  for (const name of ["fs", "fs/promises", "net", "vm", "worker_threads", "child_process", "v8", "inspector", "os", "process", "http", "dgram", "tls", "async_hooks"]) {
    const module = process.getBuiltinModule("node:" + name); add(module, "node:" + name); addAll(module, "node:" + name);
  }
  const functions = [function () {}, async function () {}, function* () {}, async function* () {}];
  for (const one of functions) add(one.constructor, one.constructor.name + " constructor");
  for (const name of ["eval", "Worker", "WebSocket", "BroadcastChannel", "MessagePort", "MessageChannel", "MessageEvent", "ErrorEvent", "PromiseRejectionEvent", "fetch", "EventSource", "WebAssembly", "SharedArrayBuffer", "Atomics", "caches", "Cache", "CacheStorage", "navigator", "location", "close", "postMessage", "reportError", "setTimeout", "setInterval", "setImmediate", "performance", "console", "Buffer", "LockManager", "GPU", "importScripts", "nodeBootstrap"]) add(globalThis[name], name);
  // What the language shares with everybody is no power.
  for (const shared of [Object, Array, Map, Set, Promise, Error, TypeError, Symbol, Date, EventTarget, Event, queueMicrotask, structuredClone, Reflect.apply]) found.delete(shared);
  for (const name of Object.getOwnPropertyNames(globalThis)) if (/^(?:[A-Z][A-Za-z0-9]*Error|Object|Array|String|Number|Boolean|Symbol|Map|Set|WeakMap|WeakSet|WeakRef|Promise|Proxy|Reflect|JSON|Math|Date|RegExp|BigInt|DataView|ArrayBuffer|Iterator|.*Array|TextEncoder|TextDecoder|URL|URLSearchParams|AbortController|AbortSignal|Blob|Headers|Request|Response|FormData|Event|EventTarget|CustomEvent|DOMException|crypto|atob|btoa|structuredClone|queueMicrotask|.*Stream.*|parse.*|is.*|decode.*|encode.*|escape|unescape)$/.test(name) && name !== "SharedArrayBuffer") found.delete(globalThis[name]);
  for (const proto of [Object.prototype, Function.prototype, Array.prototype, Promise.prototype]) for (const key of Reflect.ownKeys(proto)) { if (key === "constructor") continue; const d = Reflect.getOwnPropertyDescriptor(proto, key); for (const f of [d.value, d.get, d.set]) found.delete(f); }
  globalThis[Symbol.for("test.forbidden")] = found;
}
`;

/** The text of \`walk(roots)\`: names what it found and by which path. Works on what it captured before the walk. */
export const WALK = `
const forbidden = globalThis[Symbol.for("test.forbidden")];
function walk(roots, most = 200000) {
  const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const seen = new Set([forbidden]), queue = [], hits = [];
  const push = (value, path) => {
    if ((typeof value !== "object" || value === null) && typeof value !== "function") return;
    if (seen.has(value)) return;
    seen.add(value);
    if (forbidden.has(value)) return hits.push(path + " is " + forbidden.get(value));
    try { if (Object.prototype.toString.call(value) === "[object MessagePort]") return hits.push(path + " is a MessagePort"); } catch {}
    queue.push([value, path]);
  };
  for (const [name, root] of Object.entries(roots)) push(root, name);
  for (let i = 0; i < queue.length && seen.size < most; i++) {
    const [object, path] = queue[i];
    let keys = [], proto = null;
    try { keys = ownKeys(object); } catch {}
    try { proto = getPrototypeOf(object); } catch {}
    push(proto, path + ".[[Prototype]]");
    if (object instanceof Map) for (const [k, v] of object) { push(k, path + ".key"); push(v, path + ".entry"); }
    if (object instanceof Set) for (const v of object) push(v, path + ".item");
    for (const key of keys) {
      if (key === Symbol.for("test.forbidden")) continue;
      let property; try { property = getOwnPropertyDescriptor(object, key); } catch { continue; }
      if (!property) continue;
      const step = path + (typeof key === "symbol" ? "[" + String(key) + "]" : "." + key);
      push(property.value, step); push(property.get, step + ".get"); push(property.set, step + ".set");
      if (property.get) { try { push(property.get.call(object), step + "()"); } catch (error) { push(error, step + "!"); } }
    }
    // What its classes' accessors say of the object itself.
    for (let from = proto; from !== null && from !== Object.prototype; from = getPrototypeOf(from)) {
      let names = []; try { names = ownKeys(from); } catch { break; }
      for (const key of names) {
        const get = getOwnPropertyDescriptor(from, key)?.get;
        if (get) { try { push(get.call(object), path + "." + String(key) + "()"); } catch {} }
      }
    }
  }
  return { hits, seen: seen.size };
}
`;
