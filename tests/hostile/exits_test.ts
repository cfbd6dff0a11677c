import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

/** Every way out of a process or a Worker that a module may remember from elsewhere. */
const LEAVER = `
export class Module {
  async leave() {
    const tried = [];
    for (const [name, act] of Object.entries({
      close: () => self.close(), close2: () => globalThis.close(), close3: () => close(),
      exit: () => Deno.exit(1), kill: () => Deno.kill(Deno.pid, "SIGKILL"), process: () => process.exit(1), kill2: () => process.kill(1),
      port: () => postMessage("x"), term: () => new Worker("x").terminate(), abort: () => process.abort(),
      internal: () => globalThis[Symbol.for("Deno.internal")].core.ops.op_exit(),
      bootstrap: () => __bootstrap, core: () => Deno[Deno.internal].core,
    })) {
      try { act(); tried.push(name + " passed"); } catch (error) { if (!/ReferenceError|TypeError/.test(error.name)) tried.push(name + " " + error.name); }
    }
    for (const key of Reflect.ownKeys(globalThis)) {
      if (typeof key !== "symbol") continue;
      const value = globalThis[key];
      if ((typeof value === "object" && value !== null) || typeof value === "function") {
        const functions = (from, depth) => Reflect.ownKeys(from).filter((name) => {
          const found = from[name];
          return typeof found === "function" || (depth > 0 && typeof found === "object" && found !== null && functions(found, depth - 1).length > 0);
        });
        if (typeof value === "function" || functions(value, 4).length > 0) tried.push("symbol " + String(key));
      }
    }
    for (let at = globalThis; at; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) if (/close|terminate|exit/i.test(name)) tried.push("inherited " + name);
    }
    return tried;
  }
}`;

Deno.test("a module finds no way to end its Worker or its process", async () => {
  await underAttack({ "plugins/leaver.js": LEAVER, "configs/leaver.yml": "" }, async (attacked) => {
    const before = await attacked.module("leaver");
    assert.deepEqual(await attacked.call("leaver", "leave"), []);
    assert.equal((await attacked.module("leaver")).pid, before.pid);
  });
});

Deno.test("a cell that is killed from outside in the middle of a call: the call fails by name, the module is back", async () => {
  await underAttack({
    "plugins/victim.js": "export class Module { wait() { return new Promise(() => {}); } fine() { return 1; } }",
    "configs/victim.yml": "",
  }, async (attacked) => {
    const { pid } = await attacked.module("victim");
    const waiting = attacked.fault("victim", "wait");
    await until(async () => (await attacked.module("victim")).active_tasks > 0, 3_000, () => "the call did not arrive");
    Deno.kill(pid!, "SIGKILL");
    const { code, maybe_ran } = await waiting;
    assert.deepEqual({ code, maybe_ran }, { code: "module_killed", maybe_ran: true });
    await attacked.reaches("victim", ["running"]);
    assert.equal(await attacked.call("victim", "fine"), 1);
  });
});
