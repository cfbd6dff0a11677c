import assert from "node:assert/strict";
import { vetModule } from "../../../kernel/guest/vet/mod.ts";
import { payloadOf, startWorker } from "./start_worker.ts";

const PLAIN = `export class Module {
  title = "groceries"; when = new Map(); pair = { list: [1, { at: () => 1 }] };
  async echo(...args) { return args; }
  nothing() {}
  _hidden() {}
  map() { return { x: new Map() }; }
  get broken() { throw new RangeError("no"); }
  valueOf() { return 7; }
  run() {} shutdown() {}
}`;
const FACES = `export class Module {
  own() { return "own"; }
  getAspect(name) {
    if (name === "default") return this;
    if (name === "soon") return Promise.resolve({ hello: () => "soon" });
    if (name === "nothing") return undefined;
    if (name === "number") return 5;
    if (name === "list") return [1];
    throw new Error("Aspect '" + name + "' not found.");
  }
}`;

Deno.test("a method is called with its arguments and its result comes back", async () => {
  await using worker = await startWorker(PLAIN);
  const data = [
    null,
    undefined,
    true,
    1.5,
    12n,
    "text",
    new Date(5),
    [1, [2]],
    { a: { b: undefined } },
    new Uint8Array([1, 2]),
  ];
  assert.deepEqual(await worker.value("echo", data), data);
  assert.equal(await worker.value("nothing"), undefined);
  assert.equal(await worker.value("valueOf"), 7);
});

Deno.test("refusals come in the order private, aspect, attribute, with their texts", async () => {
  await using worker = await startWorker(PLAIN);
  const cases: [name: string, aspect: string, kind: "call" | "get", code: string, message: string][] = [
    ["_hidden", "nowhere", "call", "private_name", "Access to private attribute '_hidden' is not allowed"],
    ["constructor", "default", "get", "private_name", "Access to private attribute 'constructor' is not allowed"],
    ["__proto__", "default", "get", "private_name", "Access to private attribute '__proto__' is not allowed"],
    ["echo", "nowhere", "call", "no_aspect", "Service 'notes' does not have aspect 'nowhere'."],
    [
      "absent",
      "default",
      "call",
      "no_attribute",
      "Service 'notes' (aspect 'default') does not have attribute 'absent'",
    ],
    ["title", "default", "call", "no_attribute", "Service 'notes' (aspect 'default') does not have attribute 'title'"],
  ];
  for (
    const name of [
      "toString",
      "hasOwnProperty",
      "run",
      "shutdown",
      "getAspect",
      "get_aspect",
      "exportState",
      "importState",
    ]
  ) {
    const message = `Service 'notes' (aspect 'default') does not have attribute '${name}'`;
    cases.push([name, "default", "call", "no_attribute", message], [name, "default", "get", "no_attribute", message]);
  }
  for (const [name, aspect, kind, code, message] of cases) {
    const answer = await worker.call(name, [], { aspect, kind });
    assert.ok(!answer.ok, name);
    assert.deepEqual([answer.code, answer.fault["message"], answer.fault["maybe_ran"]], [code, message, false], name);
  }
});

Deno.test("aspects are what getAspect returns, also in time; a thrown error and nothing are told apart", async () => {
  await using worker = await startWorker(FACES);
  assert.equal(await worker.value("own"), "own");
  assert.equal(await worker.value("hello", [], { aspect: "soon" }), "soon");
  const messageOf = async (name: string, aspect: string) => {
    const answer = await worker.call(name, [], { aspect });
    return answer.ok ? "ok" : `${answer.code}: ${answer.fault["message"]}`;
  };
  assert.equal(await messageOf("own", "other"), "no_aspect: Service 'notes' does not have aspect 'other'.");
  for (const aspect of ["nothing", "number"]) {
    assert.equal(
      await messageOf("own", aspect),
      `no_aspect: Could not resolve aspect '${aspect}' for service 'notes'.`,
    );
  }
  assert.equal(
    await messageOf("push", "list"),
    "no_attribute: Service 'notes' (aspect 'list') does not have attribute 'push'",
  );
});

Deno.test("a plain attribute is read; a function or a Map is none, and the refusal names it", async () => {
  await using worker = await startWorker(PLAIN);
  assert.equal(await worker.value("title", [], { kind: "get" }), "groceries");
  for (
    const [name, path] of [["echo", "result is a function"], ["when", "result is a Map"], [
      "pair",
      "result.list[1].at is a function",
    ]]
  ) {
    const answer = await worker.call(name!, [], { kind: "get" });
    assert.ok(!answer.ok);
    assert.equal(answer.code, "invalid_argument");
    assert.ok(String(answer.fault["message"]).startsWith(`${path};`), String(answer.fault["message"]));
  }
  const answer = await worker.call("broken", [], { kind: "get" });
  assert.ok(!answer.ok && answer.code === "module_error" && answer.fault["name"] === "RangeError");
});

Deno.test("a result that can't travel is refused by path, and the call has run", async () => {
  await using worker = await startWorker(PLAIN);
  const answer = await worker.call("map");
  assert.ok(!answer.ok);
  assert.equal(answer.code, "invalid_argument");
  assert.match(String(answer.fault["message"]), /^result\.x is a Map; pass plain data/);
  assert.equal(answer.fault["maybe_ran"], true);
});

Deno.test("a malformed payload is refused before anything runs", async () => {
  await using worker = await startWorker(PLAIN);
  const answer = await worker.call("echo", [], { payload: new Uint8Array([123]) });
  assert.ok(!answer.ok && answer.code === "invalid_argument" && answer.fault["maybe_ran"] === false);
});

Deno.test("a thrown error arrives with message and class name, and its stack stays in the module's log", async () => {
  await using worker = await startWorker(`export class Module {
    own() { class TooLate extends Error {} throw new TooLate("five past"); }
    named() { throw Object.assign(new Error("x"), { name: "Custom" }); }
    builtin() { null.x; }
    text() { throw "just text"; }
    nothing() { throw undefined; }
    thing() { throw { message: "in a thing" }; }
    caused() { throw new Error("outer", { cause: new TypeError("inner") }); }
    async late() { await null; throw new Error("late"); }
  }`);
  const cases: [string, string, string][] = [
    ["own", "TooLate", "five past"],
    ["named", "Custom", "x"],
    ["builtin", "TypeError", "Cannot read properties of null (reading 'x')"],
    ["text", "Error", "just text"],
    ["nothing", "Error", "undefined"],
    ["thing", "Error", "in a thing"],
    ["caused", "Error", "outer"],
    ["late", "Error", "late"],
  ];
  for (const [method, name, message] of cases) {
    const logged = worker.next("log");
    const answer = await worker.call(method);
    assert.ok(!answer.ok);
    assert.equal(answer.code, "module_error");
    assert.deepEqual([answer.fault["name"], answer.fault["message"], answer.fault["maybe_ran"]], [name, message, true]);
    assert.ok(!("stack" in answer.fault));
    const { level, text } = await logged;
    assert.equal(level, "ERROR");
    assert.ok(text.includes(message), text);
    assert.ok(!text.includes("file:"), text);
    if (method === "caused") assert.match(text, /Caused by: TypeError: inner/);
    if (method === "own") assert.match(text, /at Module\.own \(plugin:\/\/\/notes:/);
  }
});

Deno.test("an error with a code of the allowed set travels under it, with its hint; others do not", async () => {
  await using worker = await startWorker(`import { fault, FaultError } from "meta-machine";
  export class Module {
    made() { throw fault("not_found", "no note 'x'", { hint: "list() names them", retriable: true }); }
    kind() { return fault("quota", "full") instanceof FaultError && fault("quota", "full") instanceof Error; }
    plain(code) { throw Object.assign(new Error("plain"), { code }); }
  }`);
  const made = await worker.call("made");
  assert.ok(!made.ok);
  assert.deepEqual(made.fault, {
    code: "not_found",
    message: "no note 'x'",
    hint: "list() names them",
    retriable: true,
    maybe_ran: false,
  });
  assert.equal(await worker.value("kind"), true);
  for (
    const code of [
      "not_found",
      "invalid_argument",
      "conflict",
      "quota",
      "denied",
      "too_large",
      "rate_limited",
      "approval_required",
      "unknown_tool",
    ]
  ) {
    const answer = await worker.call("plain", [code]);
    assert.ok(!answer.ok && answer.code === code && answer.fault["maybe_ran"] === true, code);
  }
  for (
    const code of ["private_name", "not_granted", "service_down", "timeout", "moved", "internal", "ENOENT", 5, null]
  ) {
    const answer = await worker.call("plain", [code]);
    assert.ok(!answer.ok && answer.code === "module_error", String(code));
  }
});

Deno.test("a cancelled call aborts the signal of its caller and is not answered", async () => {
  await using worker = await startWorker(`export class Module {
    constructor(kernel) { this.kernel = kernel; this.seen = []; }
    async slow() { const { signal } = this.kernel.caller(); await new Promise((done) => signal.addEventListener("abort", done)); this.seen.push("aborted " + this.kernel.caller().signal.aborted); return 1; }
    async later() { await new Promise((done) => setTimeout(done, 500)); this.seen.push(this.kernel.caller().signal.aborted); }
    look() { return this.seen; }
  }`);
  const slow = worker.order("slow", []), later = worker.order("later", []);
  worker.send(slow.order, later.order);
  await worker.value("look");
  worker.send({ t: "cancel", id: slow.id }, { t: "cancel", id: later.id }, { t: "cancel", id: 99_999 });
  await new Promise((done) => setTimeout(done, 700));
  assert.deepEqual(await worker.value("look"), ["aborted true", true]);
  assert.equal(worker.heard.some((m) => m.t === "reply" && (m.id === slow.id || m.id === later.id)), false);
});

Deno.test("arguments that are no list are one argument", async () => {
  await using worker = await startWorker(PLAIN);
  assert.deepEqual(await worker.value("echo", [], { payload: payloadOf({ a: 1 }) }), [{ a: 1 }]);
});

Deno.test("a stack names the author's files and lines, by the bundle's source map", async () => {
  const files = [
    {
      path: "lib.ts",
      text: "interface X {\n  a: 1;\n}\nexport function boom(_x?: X): never {\n  throw new RangeError('deep');\n}\n",
    },
    {
      path: "mod.ts",
      text:
        "import { boom } from './lib.ts';\nexport class Module {\n  constructor(private kernel: unknown) {}\n\n  go() {\n    boom();\n  }\n}\n",
    },
  ];
  const vetted = await vetModule({ api: "notes", entry: "mod.ts", files, packages: [], builtins: [] });
  assert.ok(vetted.ok);
  await using worker = await startWorker("", { raw: vetted.value.code });
  const logged = worker.next("log");
  await worker.call("go");
  const text =
    "RangeError: deep\n    at boom (plugin:///notes/lib.ts:5:9)\n    at Module.go (plugin:///notes/mod.ts:6:5)";
  assert.equal((await logged).text, text);
});
