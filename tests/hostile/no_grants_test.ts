import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

/** Tries to call others, and writes down each refusal as it came. */
const LONER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async refusals() {
    const { kernel } = this, seen = {};
    const note = async (what, act) => {
      try { seen[what] = ["got", String(await act())]; }
      catch (error) { seen[what] = [error.code, error.message, error.hint]; }
    };
    const neighbour = kernel.getApi("neighbour"), friend = kernel.getApi("friend"), ghost = kernel.getApi("ghost");
    const sick = kernel.getApi("sick");
    await note("not granted", () => neighbour.ping(1));
    await note("not granted, no such service", () => kernel.getApi("nobody").ping(1));
    await note("not granted, no api name at all", () => kernel.getApi("../../etc/passwd").read());
    await note("a method that is not granted", () => friend.secret());
    await note("an aspect that is not granted", () => friend.asAspect("tool").open());
    await note("private before not granted", () => neighbour._x());
    await note("private before nobody there", () => ghost.call("_x"));
    for (const name of ["_private", "__proto__", "constructor"]) {
      await note(name, () => friend[name]);
      await note(name + " by call", () => friend.call(name));
      await note(name + " by get", () => friend.get(name));
    }
    for (const name of ["then", Symbol.iterator, Symbol.toPrimitive, Symbol.asyncIterator, Symbol.toStringTag]) {
      await note(String(name), () => friend[name]);
    }
    await note("awaited", async () => (await friend) === friend);
    await note("then in friend", () => "then" in friend);
    await note("nobody there", () => ghost.ping());
    await note("failed to load", () => sick.ping());
    await note("no aspect", () => friend.asAspect("dark").open());
    await note("junk aspect", () => friend.asAspect("junk").open());
    await note("no attribute", () => friend.missing());
    for (const name of ["toString", "hasOwnProperty", "valueOf", "__defineGetter__", "run", "shutdown", "getAspect", "exportState", "importState"]) {
      await note(name, () => friend.call(name));
    }
    await note("a field that is no method", () => friend.field());
    await note("a field", () => friend.get("field"));
    await note("granted", () => friend.open());
    await note("set", () => { "use strict"; friend.open = 1; });
    await note("define", () => Object.defineProperty(friend, "open", { value: 1 }));
    await note("kernel is fixed", () => { "use strict"; kernel.getApi = 1; });
    for (const name of ["secret", "prompt"]) await note("kernel." + name, () => kernel[name]("KEY"));
    await note("kernel.status", () => kernel.status());
    await note("kernel.reload", () => kernel.reload("neighbour"));
    await note("kernel.log", () => kernel.log("metacognition").read());
    await note("@kernel", () => kernel.getApi("@kernel").status());
    await note("@operator", () => kernel.getApi("@operator").ping());
    return seen;
  }
  async whoami() { return this.kernel.caller(); }
}`;
const FRIEND = `
export class Module {
  field = 7;
  open() { return "open"; }
  secret() { return "secret"; }
  _private() { return "private"; }
  run() {}
  shutdown() {}
  exportState() { return {}; }
  getAspect(name) {
    if (name === "default") return this;
    if (name === "tool") return { open: () => "tool" };
    if (name === "junk") return 5;
    throw new Error("no");
  }
}`;

Deno.test("a module's calls are refused in the order and in the words of the contract", async () => {
  await underAttack({
    "plugins/loner.js": LONER,
    "configs/loner.yml":
      "grants:\n  services: [ghost, sick, {api: friend, methods: [open, missing, field, toString, hasOwnProperty, valueOf, run, shutdown, getAspect, exportState, importState], aspects: [default, dark, junk]}]\n",
    "plugins/friend.js": FRIEND,
    "configs/friend.yml": "",
    "plugins/sick.js": "export class Module { constructor() { throw new Error('sick') } }",
    "configs/sick.yml": "",
  }, async (attacked) => {
    const seen = await attacked.call<Record<string, unknown[]>>("loner", "refusals");
    const not_granted = (api: string) => [
      "not_granted",
      `'loner' may not call '${api}'`,
      `add to configs/loner.yml: grants: {services: [${api}]}`,
    ];
    const is = (what: string, code: string, message: string) =>
      assert.deepEqual(seen[what]?.slice(0, 2), [code, message], what);
    const private_name = (name: string) => `Access to private attribute '${name}' is not allowed`;

    assert.deepEqual(seen["not granted"], not_granted("neighbour"));
    assert.deepEqual(seen["not granted, no such service"], not_granted("nobody"));
    assert.deepEqual(seen["not granted, no api name at all"], not_granted("../../etc/passwd"));
    assert.deepEqual(seen["a method that is not granted"], not_granted("friend"));
    assert.deepEqual(seen["an aspect that is not granted"], not_granted("friend"));
    is("private before not granted", "private_name", private_name("_x"));
    is("private before nobody there", "private_name", private_name("_x"));
    for (const name of ["_private", "__proto__", "constructor"]) {
      for (const way of ["", " by call", " by get"]) is(name + way, "private_name", private_name(name));
    }
    assert.deepEqual(seen["then"], ["got", "undefined"]);
    for (const name of ["iterator", "toPrimitive", "asyncIterator", "toStringTag"]) {
      assert.deepEqual(seen[`Symbol(Symbol.${name})`], ["got", "undefined"]);
    }
    assert.deepEqual(seen["awaited"], ["got", "true"]);
    assert.deepEqual(seen["then in friend"], ["got", "false"]);
    is("nobody there", "service_down", "Service 'ghost' is not active or failed to load.");
    is("failed to load", "service_down", "Service 'sick' is not active or failed to load.");
    is("no aspect", "no_aspect", "Service 'friend' does not have aspect 'dark'.");
    is("junk aspect", "no_aspect", "Could not resolve aspect 'junk' for service 'friend'.");
    const none = (name: string) => `Service 'friend' (aspect 'default') does not have attribute '${name}'`;
    is("no attribute", "no_attribute", none("missing"));
    for (
      const name of [
        "toString",
        "hasOwnProperty",
        "valueOf",
        "run",
        "shutdown",
        "getAspect",
        "exportState",
        "importState",
      ]
    ) {
      is(name, "no_attribute", none(name));
    }
    is("__defineGetter__", "private_name", private_name("__defineGetter__"));
    is("a field that is no method", "no_attribute", none("field"));
    assert.deepEqual(seen["a field"], ["got", "7"]);
    assert.deepEqual(seen["granted"], ["got", "open"]);
    for (const what of ["set", "define", "kernel is fixed"]) {
      assert.equal(seen[what]![0], undefined, what);
      assert.match(String(seen[what]![1]), /./, what);
    }
    is("kernel.secret", "not_granted", "'loner' may not use secret 'KEY'");
    is("kernel.prompt", "not_granted", "'loner' may not use prompt 'KEY'");
    is("kernel.status", "not_granted", "'loner' may not use kernel.status");
    is("kernel.reload", "not_granted", "'loner' may not use kernel.reload");
    assert.notEqual(seen["kernel.log"]![0], "got");
    assert.notEqual(seen["@kernel"]![0], "got");
    assert.deepEqual(seen["@operator"], not_granted("@operator"));
    const { api, principal } = await attacked.call<{ api: string; principal: string }>("loner", "whoami");
    assert.deepEqual({ api, principal }, { api: "@operator", principal: "@operator" });
  });
});
