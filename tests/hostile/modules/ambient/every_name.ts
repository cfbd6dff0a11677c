/*
tries: find a power under any name that a runtime has for one
harm: rights
stopped by: lockdown
steps:
  - {call: attack, answers: [[], []], process: same}
*/
const NAMES = [
  "Deno", "process", "fetch", "Worker", "SharedWorker", "require", "module", "exports",
  "global", "Buffer", "self", "window", "WebAssembly", "SharedArrayBuffer", "Atomics", "BroadcastChannel",
  "MessageChannel", "MessagePort", "navigator", "caches", "localStorage", "sessionStorage", "indexedDB", "WebSocket",
  "EventSource", "XMLHttpRequest", "importScripts", "postMessage", "onmessage", "close", "location", "addEventListener",
  "removeEventListener", "reportError", "alert", "confirm", "prompt", "name", "Bun", "ShadowRealm",
  "eval", "GPU", "FileReader", "File", "Storage", "WorkerGlobalScope", "DedicatedWorkerGlobalScope", "__dirname",
  "__filename", "setImmediate",
];

export class Module {
  attack() {
    return [
      NAMES.filter((name) => (globalThis as any)[name] !== undefined),
      Object.getOwnPropertyNames(globalThis).filter((name) => /deno|node|worker|process|require/i.test(name)),
    ];
  }
}
