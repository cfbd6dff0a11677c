import assert from "node:assert/strict";
import { GLOBAL_NAMES } from "../../../kernel/guest/worker/global_names.ts";
import { reply, startWorker } from "./start_worker.ts";
import { PRELUDE, WALK } from "./walk.ts";

const BARE = `export class Module {
  names() { return Object.getOwnPropertyNames(globalThis).sort(); }
  chain() { const names = []; for (let o = Object.getPrototypeOf(globalThis); o !== Object.prototype; o = Object.getPrototypeOf(o)) names.push(...Object.getOwnPropertyNames(o)); return names; }
}`;

Deno.test("the global object has the listed names and no other", async () => {
  await using worker = await startWorker(BARE);
  assert.deepEqual(await worker.value("names"), [...GLOBAL_NAMES].sort());
  assert.deepEqual(await worker.value("chain"), ["dispatchEvent"]);
});

Deno.test("with node:tls there is a Deno, which the runtime's TLS looks for, and in it one class of errors alone", async () => {
  await using worker = await startWorker(
    BARE.replace(
      "names()",
      "deno() { return [Reflect.ownKeys(Deno), Reflect.ownKeys(Deno.errors), [Deno, Deno.errors, Deno.errors.NotCapable].every(Object.isFrozen), Object.getPrototypeOf(Deno)]; }\n  names()",
    ),
    { builtins: ["node:tls"] },
  );
  assert.deepEqual(await worker.value("names"), [...GLOBAL_NAMES].sort());
  assert.deepEqual(await worker.value("chain"), ["dispatchEvent", "Deno"]);
  assert.deepEqual(await worker.value("deno"), [["errors"], ["NotCapable"], true, null]);
});

Deno.test("fetch and WebAssembly are there only where granted", async () => {
  await using worker = await startWorker(BARE, { fetch: true, wasm: true });
  const more = (await worker.value("names") as string[]).filter((name) => !GLOBAL_NAMES.includes(name));
  assert.deepEqual(more, ["WebAssembly", "fetch"]);
});

Deno.test("a walk over everything reachable finds no power", async () => {
  await using worker = await startWorker(
    `${WALK}
    export class Module {
      #kernel; #config; #signal;
      constructor(kernel, config) { this.#kernel = kernel; this.#config = config; }
      run(signal) { this.#signal = signal; }
      async walk(argument) {
        const handle = this.#kernel.getApi("x");
        let fault; try { await handle.nothing(); } catch (error) { fault = error; }
        const promise = handle.again(); promise.catch(() => {});
        let imported; try { imported = await import("node:fs"); } catch (error) { imported = error; }
        const names = Object.getOwnPropertyNames(globalThis), made = {};
        for (const [key, make] of Object.entries({ response: () => new Response("x"), request: () => new Request("http://x/"), blob: () => new Blob(["x"]),
          form: () => { const form = new FormData(); form.set("a", new Blob(["x"])); return form; }, stream: () => new ReadableStream(), transform: () => new TransformStream(),
          gzip: () => new CompressionStream("gzip"), event: () => new Event("x"), controller: () => new AbortController(), timer: () => setTimeout(() => {}, 0),
          any: () => AbortSignal.any([AbortSignal.timeout(1)]), url: () => new URL("http://x/"), error: () => new DOMException("x"), stack: () => new Error("x") })) made[key] = make();
        const signal = this.#signal, kernel = this.#kernel, config = this.#config, caller = kernel.caller(), log = kernel.log("x"), sleep = kernel.sleep(1);
        return walk({ globalThis, kernel, config, handle, fault, promise, imported, made, signal, caller, callerSignal: caller.signal, log, sleep, argument, module: this,
          meta: import.meta, form: [...made.form], reader: made.stream.getReader(), body: made.response.body, fields: made });
      }
    }`,
    { prelude: PRELUDE, own: { a: { b: [1] } } },
  );
  worker.onCall = (call) =>
    call.name === "nothing" ? { ...reply(call, null), ok: false, code: "no_attribute" } : undefined;
  worker.send({ t: "run" });
  const { hits, seen } = await worker.value("walk", [{ deep: [new Date(0)] }]) as { hits: string[]; seen: number };
  assert.deepEqual(hits, []);
  assert.ok(seen > 1_500, `only ${seen} objects were seen`);
});

Deno.test("the walk finds what it is meant to find", async () => {
  await using worker = await startWorker(
    `${WALK}
    export class Module {
      walk() {
        const things = [...forbidden];
        const named = (name) => things.find(([, one]) => one === name)[0];
        const behind = { get hidden() { return named("eval"); } };
        const inherits = Object.create({ [Symbol("s")]: { kill: named("Deno.kill") } });
        return walk({ a: { b: { Worker: named("Worker") } }, behind, inherits, list: [new Map([[1, named("node:fs")]])], func: Object.assign(() => {}, { p: named("AsyncFunction constructor") }) }).hits.sort();
      }
    }`,
    { prelude: PRELUDE },
  );
  assert.deepEqual(await worker.value("walk"), [
    "a.b.Worker is Worker",
    "behind.hidden() is eval",
    "func.p is AsyncFunction constructor",
    "inherits.[[Prototype]][Symbol(s)].kill is Deno.kill",
    "list.0.entry is node:fs",
  ]);
});
