/** Tests of authors as they are run: Deno's runner in a process of its own, modules in real cells. */
import assert from "node:assert/strict";
import { newModule, runTests } from "../../../kernel/workbench/mod.ts";
import type { TestOrder } from "../../../kernel/workbench/testing/run_tests.ts";
import { processesOf } from "../../hostile/suite/processes.ts";
import { writeFiles } from "../../flows/running_host.ts";
import { makeHome, type TestHome } from "../homes.ts";

async function run(home: TestHome, named: string | undefined, order: Partial<TestOrder> = {}) {
  const ran = await runTests(home, { named, filter: undefined, coverage: false, show: false, ...order });
  assert.ok(ran.ok, ran.ok ? "" : ran.fault.message);
  return ran.value;
}

/** `name → "ok" | "FAILED"` as the runner printed it. */
function outcomes(output: string): Record<string, string> {
  return Object.fromEntries(
    [...output.matchAll(/^(.+?) \.\.\.(?:[^]*?)? ?(ok|FAILED) \(/gm)].map(([, name, how]) => [name!, how!]),
  );
}

for (const shape of ["ts", "js", "folder"] as const) {
  Deno.test(`the tests that plugin new writes pass at once (${shape})`, async () => {
    await using home = await makeHome();
    assert.ok((await newModule(home, { name: "services/notes", shape })).ok);
    const { passed, output, coverage } = await run(home, "services/notes", { coverage: true });
    assert.ok(passed, output);
    assert.match(output, /3 passed \| 0 failed/);
    const end = { ts: ".ts", js: ".js", folder: "/mod.ts" }[shape];
    assert.deepEqual(coverage?.map(({ file, ran }) => [file, ran > 5]), [[`plugins/services/notes${end}`, true]]);
    assert.deepEqual(processesOf(home.home), []);
  });
}

const PROBE = `import { fault, type Kernel, type Config } from "meta-machine";
export class Module {
  ran = 0;
  constructor(private kernel: Kernel, private config: Config) { console.log("made with", config.get("n", 0)); }
  async run(signal: AbortSignal) {
    this.ran++;
    if (this.config.get("fail", false)) throw new Error("it gave up");
    while (!signal.aborted) await this.kernel.sleep(1000);
  }
  async ask(api: string, method: string, ...args: unknown[]) { return await this.kernel.getApi(api).call(method, ...args); }
  async fault(api: string, method: string) { try { return await this.ask(api, method); } catch (e) { return [e.code, e.name, e.message]; } }
  caller() { return this.kernel.caller()!.api; }
  secret() { return this.kernel.secret("KEY"); }
  prompt() { return this.kernel.prompt("p.txt"); }
  n() { return [this.config.get("n", 0), this.ran]; }
  bump() { return ++this.ran; }
  loop() { for (;;); }
  refuse(): never { throw fault("not_found", "there is none", { hint: "look" }); }
  late() { setTimeout(() => { throw new Error("nobody catches this"); }, 1); }
}
`;

const PROBE_TEST = `import assert from "node:assert/strict";
import { scripted, test } from "meta-machine/testing";
import { fault } from "meta-machine";
import type { Module } from "./probe.ts";
const services = scripted({
  database: { query: (n: number) => n + 1, title: "db", boom: () => { throw new TypeError("no such table"); }, none: () => { throw fault("quota", "full"); } },
  other: { getAspect: () => ({ go: (p: { n: number }) => p.n * 2 }), x: () => 1 },
});
test<Module>("services answer and are recorded", { services }, async ({ module }) => {
  assert.equal(await module.ask("database", "query", 1), 2);
  assert.deepEqual(services.all, [{ api: "database", aspect: "default", method: "query", args: [1] }]);
});
test<Module>("each test sees calls of its own", { services }, () => assert.deepEqual(services.calls("database"), []));
test<Module>("errors of a service arrive as they would", { services }, async ({ module }) => {
  assert.deepEqual(await module.fault("database", "boom"), ["module_error", "TypeError", "no such table"]);
  assert.deepEqual(await module.fault("database", "none"), ["quota", "FaultError", "full"]);
  assert.equal((await module.fault("database", "absent"))[0], "no_attribute");
});
test<Module>("what the config does not grant is refused", { services }, async ({ module }) => {
  assert.deepEqual((await module.fault("other", "x")).slice(0, 1), ["not_granted"]);
});
test<Module>("a granted service that nobody scripted is down", async ({ module }) => {
  assert.equal((await module.fault("database", "query"))[0], "service_down");
});
test<Module>("each test gets a new instance", async ({ module }) => assert.equal(await module.bump(), 2));
test<Module>("and so does the next", async ({ module }) => assert.equal(await module.bump(), 2));
test<Module>("config comes from the file, and from the test", { config: { n: 5 } }, async ({ module }) => assert.deepEqual(await module.n(), [5, 1]));
test<Module>("without options the file's counts", async ({ module }) => assert.deepEqual(await module.n(), [3, 1]));
test<Module>("secrets, prompts, callers", { secrets: { KEY: "s" }, caller: "somebody" }, async ({ module }) => {
  assert.deepEqual([await module.secret(), await module.prompt(), await module.caller()], ["s", "hello", "somebody"]);
});
test<Module>("a secret is of one test only", async ({ module }) => assert.rejects(module.secret(), /is not set/));
test<Module>("a refusal keeps its code and its hint", async ({ module }) => {
  await assert.rejects(module.refuse(), { code: "not_found", message: "there is none", hint: "look" });
});
test<Module>("logged waits for a line", async ({ logged }) => assert.equal(await logged(/made with/), "made with 3"));
test<Module>("a busy loop ends the module and nothing else", async ({ module }) => assert.rejects(module.loop(), { code: "module_killed" }));
test<Module>("after it the next test has a module again", async ({ module }) => assert.equal(await module.bump(), 2));
test<Module>("handles of other aspects", { services }, async ({ kernel }) => {
  assert.equal(await kernel.getApi("other").asAspect("tool").go!({ n: 4 }), 8);
});
test<Module>("FAIL: an assertion", async ({ module }) => assert.equal(await module.bump(), 99));
test<Module>("FAIL: run() that throws", { config: { fail: true } }, async ({ kernel }) => { await kernel.sleep(50); });
test<Module>("FAIL: an error that nobody catches", async ({ module, kernel }) => { await module.late(); await kernel.sleep(50); });
`;

Deno.test("tests of modules: services, grants, config, secrets, logs, failures", async () => {
  await using home = await makeHome({
    "plugins/probe.ts": PROBE,
    "plugins/probe_test.ts": PROBE_TEST,
    "configs/probe.yml":
      `grants: {services: [database], secrets: [KEY], prompts: [p.txt]}\nlimits: {liveness_ms: 2000}\nn: 3\n`,
    "prompts/p.txt": "hello",
  });
  const { passed, output } = await run(home, "probe");
  assert.equal(passed, false);
  const wrong = Object.entries(outcomes(output)).filter(([name, how]) =>
    (how === "FAILED") !== name.startsWith("FAIL: ")
  );
  assert.deepEqual(wrong, [], output);
  assert.match(output, /16 passed \| 3 failed/);
  assert.match(output, /\[probe\] INFO made with 3/, "the log of a failed test is shown");
  assert.match(output, /the module failed by itself: run\(\): it gave up/);
  assert.match(output, /the module failed by itself: uncaught: nobody catches this/);
  for (const name of ["FAIL: an assertion", "FAIL: run() that throws"]) {
    const line = PROBE_TEST.split("\n").findIndex((text) => text.includes(name)) + 1;
    assert.ok(output.includes(`${name} => ./plugins/probe_test.ts:${line}:1`), output);
  }
});

Deno.test("a test of a module that does not load says why, with the author's line", async () => {
  await using home = await makeHome({
    "plugins/a.ts": "export class Module {\n  x = ;\n}\n",
    "plugins/a_test.ts": `import { test } from "meta-machine/testing";\ntest("x", () => {});\n`,
  });
  const { passed, output } = await run(home, "plugins/a_test.ts");
  assert.equal(passed, false);
  assert.match(output, /plugins\/a\.ts:2:7: Expression expected/);
});

Deno.test("tests are chosen by name, path or filter, or all are run", async () => {
  const one = `import { test } from "meta-machine/testing";\ntest("first", () => {});\ntest("second", () => {});\n`;
  await using home = await makeHome({
    ...{ "plugins/a.ts": "export class Module {}", "plugins/a_test.ts": one },
    ...{ "plugins/b/mod.ts": "export class Module {}", "plugins/b_test.ts": one },
  });
  assert.match((await run(home, undefined)).output, /4 passed/);
  for (const named of ["b", "plugins/b", "plugins/b/mod.ts", "plugins/b_test.ts"]) {
    assert.match((await run(home, named)).output, /2 passed/, named);
  }
  assert.match((await run(home, "a", { filter: "second" })).output, /1 passed \| 0 failed \| 1 filtered out/);
  const none = await runTests(home, { named: "c", filter: undefined, coverage: false, show: false });
  assert.deepEqual([none.ok || none.fault.code, none.ok || none.fault.message], [
    "not_found",
    "there are no tests of 'c'",
  ]);
});

Deno.test("coverage adds up over tests and files, and names lines that did not run", async () => {
  const module = `export class Module {
  half(n: number) {
    if (n > 1) return "big";
    const small = "small";
    return small;
  }
}
`;
  await using home = await makeHome();
  await writeFiles(home.home, {
    "plugins/a.ts": module,
    "plugins/a_test.ts":
      `import { test } from "meta-machine/testing";\ntest("x", async ({ module }) => { await module.half!(5); });\n`,
    "plugins/b.ts": module,
    "plugins/b_test.ts":
      `import { test } from "meta-machine/testing";\ntest("x", async ({ module }) => { await module.half!(5); });\ntest("y", async ({ module }) => { await module.half!(0); });\n`,
  });
  const { coverage, output } = await run(home, undefined, { coverage: true });
  assert.deepEqual(coverage, [
    { file: "plugins/a.ts", lines: 3, ran: 1, not_run: [4, 5] },
    { file: "plugins/b.ts", lines: 3, ran: 3, not_run: [] },
  ], output);
});

Deno.test("a deno.json of the home's own that lacks the names is not touched, and said what to add", async () => {
  await using home = await makeHome({ "deno.json": "{}", "plugins/a_test.ts": "", "plugins/a.ts": "" });
  const ran = await runTests(home, { named: "a", filter: undefined, coverage: false, show: false });
  assert.equal(ran.ok || ran.fault.code, "config_invalid");
  assert.match(ran.ok ? "" : ran.fault.hint, /"meta-machine\/testing": "\.\/\.meta\/testing\.js"/);
  assert.equal(await Deno.readTextFile(`${home.home}/deno.json`), "{}");
});

Deno.test("runTests in a compiled binary says that it has no runner, and what has", async () => {
  const ran = await runTests({ home: "/nowhere", program: "/opt/meta-machine", one_file: "binary" }, {
    named: undefined,
    filter: undefined,
    coverage: false,
    show: false,
  });
  assert.ok(!ran.ok);
  assert.match(ran.fault.message, /Deno's own runner, which a compiled binary has not/);
  assert.match(ran.fault.hint, /run 'plugin test' with Deno/);
});
