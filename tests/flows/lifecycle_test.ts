/** Modules come, are replaced and go, in the order that the contract promises; what they may ask of the kernel. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

/** Writes what it goes through into its log, in order. */
const DIARY = (version: string) =>
  `export class Module {
  constructor() { console.log("${version} made"); }
  async run(signal) {
    console.log("${version} runs");
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    console.log("${version} ran");
  }
  shutdown() { console.log("${version} shuts down"); }
  version() { return "${version}"; }
}`;

async function diary(host: RunningHost, api = "diary"): Promise<string[]> {
  const lines = await host.json<{ message: string }[]>("logs", api, "-n", "100");
  return lines.map(({ message }) => message);
}
async function reads(host: RunningHost, expected: readonly string[]): Promise<void> {
  let found: string[] = [];
  const same = async () => (found = await diary(host)).join() === expected.join();
  await until(same, 10_000, () => `the diary reads ${found.join(", ")}`);
}

Deno.test("blue_green: the new one is made first, and runs when the old one has shut down and ended its run", async () => {
  await using host = await RunningHost.start({ "plugins/diary.js": DIARY("one"), "configs/diary.yml": "" });
  await reads(host, ["one made", "one runs"]);
  await host.write({ "plugins/diary.js": DIARY("two") });
  await reads(host, ["one made", "one runs", "two made", "one shuts down", "one ran", "two runs"]);
  assert.equal(await host.call("diary", "version"), "two");
});

Deno.test("stop_start: the old one has ended before the new one is made, and calls wait meanwhile", async () => {
  await using host = await RunningHost.start({
    "plugins/diary.js": DIARY("one"),
    "configs/diary.yml": "reload: stop_start",
  });
  await host.write({ "plugins/diary.js": DIARY("two") });
  await until(async () => (await host.module("diary"))?.state === "reloading", 5_000, () => "it was never reloading");
  assert.equal(await host.call("diary", "version"), "two");
  await reads(host, ["one made", "one runs", "one shuts down", "one ran", "two made", "two runs"]);
});

Deno.test("a version that does not load leaves the former one serving, and status tells why", async () => {
  await using host = await RunningHost.start({ "plugins/diary.js": DIARY("one"), "configs/diary.yml": "" });
  await host.write({
    "plugins/diary.js": "export class Module { constructor() { throw new RangeError('not like this'); } }",
  });
  await until(async () => (await host.module("diary"))?.reason !== undefined, 10_000, () => "status tells no reason");
  const module = await host.module("diary");
  assert.equal(module?.state, "running");
  assert.match(module?.reason ?? "", /not like this/);
  assert.equal(await host.call("diary", "version"), "one");
});

Deno.test("modules that name one cell share a process; the one that dies takes both, and both come back", async () => {
  const shared = "prog: diary\ncell: together\n";
  await using host = await RunningHost.start({
    "plugins/diary.js": DIARY("one"),
    "configs/first.yml": shared,
    "configs/second.yml": shared,
    "configs/apart.yml": "prog: diary\n",
  });
  const pids = async () => (await host.status()).modules.map(({ pid }) => pid);
  const [apart, first, second] = await pids();
  assert.equal(first, second);
  assert.notEqual(apart, first);
  Deno.kill(first!, "SIGKILL");
  assert.equal(await host.call("first", "version"), "one");
  assert.equal(await host.call("second", "version"), "one");
  const [still, again, too] = await pids();
  assert.equal(still, apart);
  assert.equal(again, too);
  assert.notEqual(again, first);
});

Deno.test("a module that fails again and again is quarantined; lifting it starts it with a clean record", async () => {
  await using host = await RunningHost.start({
    "plugins/weak.js": `export class Module { run() { throw new Error("too weak"); } }`,
    "configs/weak.yml": "restart: {max: 2, window_s: 60}",
  });
  await until(
    async () => (await host.module("weak"))?.state === "quarantined",
    15_000,
    () => "it was never quarantined",
  );
  assert.equal((await host.module("weak"))?.restarts, 2);
  const refused = await host.fault("call", "weak", "anything");
  assert.equal(refused.code, "quarantined");
  assert.equal(refused.message, "Service 'weak' is not active or failed to load.");
  assert.ok((await host.events()).some(({ kind, api }) => kind === "module.quarantined" && api === "weak"));
  await host.write({ "plugins/weak.js": `export class Module { strong() { return true; } }` });
  await until(
    async () => (await host.module("weak"))?.state === "running",
    10_000,
    () => "a new version does not start",
  );
  assert.equal(await host.call("weak", "strong"), true);
});

Deno.test("quarantine lift starts a module again, and is refused for one that is not quarantined", async () => {
  await using host = await RunningHost.start({
    "plugins/weak.js": `export class Module { run() { throw new Error("too weak"); } }`,
    "configs/weak.yml": "restart: {max: 1, window_s: 60}",
  });
  await until(
    async () => (await host.module("weak"))?.state === "quarantined",
    15_000,
    () => "it was never quarantined",
  );
  assert.equal((await host.cli("quarantine", "lift", "weak")).code, 0);
  await until(async () => (await host.module("weak"))?.state === "quarantined", 15_000, () => "it did not fail again");
  const { code } = await host.fault("quarantine", "lift", "nobody");
  assert.equal(code, "not_found");
});

Deno.test("a module asks the kernel for what it was granted, and for nothing else", async () => {
  const asks = `export class Module {
    constructor(kernel) { this.kernel = kernel; }
    async ask(what, ...args) {
      try { return { got: await this.kernel[what](...args) }; }
      catch (fault) { return { code: fault.code, message: fault.message, hint: fault.hint }; }
    }
  }`;
  await using host = await RunningHost.start({
    "plugins/asks.js": asks,
    "configs/granted.yml": "prog: asks\ngrants: {secrets: [MM_TEST_WORD], prompts: [hello.txt], kernel: [status]}\n",
    "configs/bare.yml": "prog: asks\n",
    "prompts/hello.txt": "Hello, model.",
  }, { env: { MM_TEST_WORD: "xyzzy" } });
  const ask = (api: string, ...args: string[]) => host.call<Record<string, unknown>>(api, "ask", ...args);
  assert.deepEqual(await ask("granted", "secret", "MM_TEST_WORD"), { got: "xyzzy" });
  assert.deepEqual(await ask("granted", "prompt", "hello.txt"), { got: "Hello, model." });
  assert.equal(((await ask("granted", "status")).got as { modules: unknown[] }).modules.length, 2);
  assert.deepEqual(await ask("bare", "secret", "MM_TEST_WORD"), {
    code: "not_granted",
    message: "'bare' may not use secret 'MM_TEST_WORD'",
    hint: "add to configs/bare.yml: grants: {secrets: [MM_TEST_WORD]}",
  });
  assert.equal((await ask("bare", "prompt", "hello.txt")).code, "not_granted");
  assert.equal((await ask("bare", "status")).code, "not_granted");
  assert.equal((await ask("granted", "reload", "bare")).code, "not_granted");
  assert.equal((await ask("granted", "secret", "PATH")).code, "not_granted");
  // The secret is nowhere else.
  for (const command of ["logs", "events", "status"]) {
    assert.ok(!(await host.cli(command)).out.includes("xyzzy"), command);
  }
});

Deno.test("a prompt that a module was granted reloads it when it changes", async () => {
  await using host = await RunningHost.start({
    "plugins/reads.js": `export class Module {
      constructor(kernel) { this.text = kernel.prompt("style.txt"); }
      async style() { return await this.text; }
    }`,
    "configs/reads.yml": "grants: {prompts: [style.txt]}\n",
    "prompts/style.txt": "plain",
  });
  assert.equal(await host.call("reads", "style"), "plain");
  await host.write({ "prompts/style.txt": "ornate" });
  await until(
    async () => await host.call("reads", "style") === "ornate",
    10_000,
    () => "it still reads the former prompt",
  );
});

Deno.test("tools are listed under their api's name and validated before they run", async () => {
  await using host = await RunningHost.start({
    "plugins/notes.ts": `import { tool } from "meta-machine";
      export class Module {
        added: string[] = [];
        getAspect(name: string) {
          if (name === "default") return this;
          if (name === "tool") return { add: tool({
            description: "Adds a note.",
            params: { type: "object", properties: { title: { type: "string" } }, required: ["title"], additionalProperties: false },
            run: ({ title }: { title: string }) => { this.added.push(title); return { count: this.added.length }; },
          }) };
          throw new Error(\`Aspect '\${name}' not found.\`);
        }
      }`,
    "configs/notes.yml": "",
  });
  const tools = await host.json<Record<string, unknown>[]>("tools");
  assert.deepEqual(tools.map(({ name, api, readOnly, destructive }) => ({ name, api, readOnly, destructive })), [
    { name: "notes_add", api: "notes", readOnly: false, destructive: true },
  ]);
  assert.deepEqual(await host.json("call", "notes", "add", '{"title": "Groceries"}', "--aspect", "tool"), { count: 1 });
  const refused = await host.fault("call", "notes", "add", '{"titel": "x"}', "--aspect", "tool");
  assert.equal(refused.code, "invalid_argument");
  assert.match(refused.message, /title/);
  assert.equal(
    (await host.fault("call", "notes", "add", "--aspect", "nothing")).message,
    "Service 'notes' does not have aspect 'nothing'.",
  );
});

Deno.test("fetch is there where grants.net is, and in a home without an http service fails with what to add", async () => {
  const asks = `export class Module {
    async ask() {
      if (typeof fetch === "undefined") return "no fetch";
      try { return await fetch("https://api.example.com/"); }
      catch (fault) { return { code: fault.code, message: fault.message, hint: fault.hint }; }
    }
  }`;
  await using host = await RunningHost.start({
    "plugins/asks.js": asks,
    "configs/granted.yml": 'prog: asks\ngrants: {net: ["api.example.com:443"]}\n',
    "configs/bare.yml": "prog: asks\n",
  });
  assert.equal(await host.call("bare", "ask"), "no fetch");
  assert.deepEqual(await host.call("granted", "ask"), {
    code: "service_down",
    message: "Service 'http' is not active or failed to load.",
    hint:
      "`fetch` goes through the http service, and no config of this home names it; add configs/services/http.yml: " +
      '{api: http, prog: services/http, start: on_call, grants: {builtins: ["node:net", "node:tls", "node:dns"]}}',
  });
});
