/** A cell in its own process, with no permission but its socket: loads, serves, logs, stops. */
import assert from "node:assert/strict";
import type { CallKey, InstanceId } from "../../kernel/contract/names.ts";
import type { KernelMessage, Payload } from "../../kernel/contract/wire.ts";
import {
  args,
  CellUnderTest,
  I1,
  I2,
  loadOrder,
  type ScriptedLink,
  text,
  value,
} from "../guest/shell/scripted_kernel.ts";

const COUNTER = `
class Module {
  #n = 0;
  constructor(kernel, config) { this.kernel = kernel; this.step = config.get("step", 1); }
  add(a, b) { console.log("adding", a); this.#n += this.step; return [a + b, this.#n]; }
  fail() { throw new RangeError("too far"); }
  echo(bytes) { return bytes; }
  ask(api) { return this.kernel.getApi(api).hello("there"); }
  async run() { await this.kernel.sleep(20); console.warn("ran"); }
  async shutdown() { console.error("closing"); }
}
export { Module };
`;

let calls = 0;
function call(
  link: ScriptedLink,
  name: string,
  payload: Payload,
  to: InstanceId = I1,
): Promise<{ ok: boolean; value: unknown }> {
  const id = ++calls;
  const message: KernelMessage = {
    ...{ t: "call", id, key: `a~1!x#${id}` as CallKey, to, aspect: "default", name, kind: "call" },
    ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 5_000, depth: 1 },
  };
  link.send(message, payload);
  return link.next("reply", (reply) => reply.id === id).then((r) => ({ ok: r.message.ok, value: value(r.payload) }));
}

Deno.test("a cell loads a module, serves its calls, passes its log on and ends at bye", async () => {
  await using cell = new CellUnderTest();
  const { link, report } = await cell.kernel.attached();
  assert.deepEqual(report, { instances: [], holds: [] });
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(COUNTER, { own: { step: 2 } }));
  assert.deepEqual(JSON.parse(text((await link.next("loaded")).payload)), { tools: [], run: true });

  assert.deepEqual(await call(link, "add", args(1, 2)), { ok: true, value: [3, 2] });
  assert.deepEqual(await call(link, "add", args(1, 2)), { ok: true, value: [3, 4] });
  const failed = await call(link, "fail", args()) as {
    ok: boolean;
    value: { code: string; name: string; message: string };
  };
  assert.deepEqual([failed.ok, failed.value.code, failed.value.name, failed.value.message], [
    false,
    "module_error",
    "RangeError",
    "too far",
  ]);

  link.send({ t: "run", instance: I1 });
  assert.equal((await link.next("ended")).message.what, "run");
  link.send({ t: "run", instance: I1 });
  assert.equal((await link.next("ended")).message.what, "run", "told twice it runs once and says again that it ended");
  link.send({ t: "shutdown", instance: I1, ms: 1_000 });
  assert.equal((await link.next("ended")).message.what, "shutdown");
  link.send({ t: "bye" });
  assert.deepEqual({ ...(await cell.status()) }, { success: true, code: 0, signal: null });
  const lines = cell.out.map((line) => JSON.parse(line));
  assert.deepEqual(lines.filter(({ level }) => level !== "ERROR"), [
    { api: "tested", level: "INFO", text: "adding 1" },
    { api: "tested", level: "INFO", text: "adding 1" },
    { api: "tested", level: "WARNING", text: "ran" },
  ]);
  assert.ok(lines.some(({ text }) => text === "closing"));
  assert.ok(lines.some(({ text }) => text.includes("too far")), "the stack stays in the module's log");
});

Deno.test("a cell carries a payload of megabytes both ways and refuses one beyond message_bytes", async () => {
  await using cell = new CellUnderTest({ memory_mb: 600 });
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(COUNTER, { limits: { message_bytes: 1_048_576 } }));
  await link.next("loaded");
  const large = new Uint8Array(1_000_000).map((_, at) => at % 253);
  link.send({
    ...{ t: "call", id: 900, key: "a~1!x#900" as CallKey, to: I1, aspect: "default", name: "echo", kind: "call" },
    ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 5_000, depth: 1 },
  }, args(large));
  const first = await link.next("reply");
  const parts = [first.payload];
  for (let more = first.message.more; more;) {
    const piece = await link.next("piece");
    parts.push(piece.payload);
    more = piece.message.more;
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part as Uint8Array, at), at + part.length), 0);
  assert.deepEqual(value(whole), large);
  const refused = await call(link, "echo", args(new Uint8Array(1_048_577))) as { value: { code: string } };
  assert.equal(refused.value.code, "too_large");
});

Deno.test("a cell says its modules' calls to the kernel, with the call that they serve, and acknowledges the answers", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(COUNTER));
  await link.next("loaded");
  const answer = call(link, "ask", args("other"));
  const { message, payload } = await link.next("call");
  assert.deepEqual([message.from, message.api, message.name, message.parent, message.again], [
    I1,
    "other",
    "hello",
    calls,
    undefined,
  ]);
  assert.deepEqual(value(payload), ["there"]);
  link.send({ t: "reply", id: message.id, ok: true, live: true }, args("hi").slice());
  assert.deepEqual(await answer, { ok: true, value: ["hi"] });
  assert.deepEqual((await link.next("ack")).message.ids, [[message.id, message.id]]);
});

Deno.test("a cell refuses a bundle that imports what was not granted, and a package the program does not bring", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send(
    { t: "load", id: 1, instance: I1 },
    loadOrder(`import fs from "node:fs";\nclass Module {}\nexport { Module };\n`),
  );
  const failed = await link.next("failed");
  assert.equal(failed.message.phase, "load");
  assert.equal((value(failed.payload) as { code: string }).code, "load_failed");
  assert.match((value(failed.payload) as { message: string }).message, /node:fs/);
  link.send({ t: "load", id: 2, instance: I2 }, loadOrder(COUNTER, { packages: ["left-pad"] }));
  assert.match((value((await link.next("failed")).payload) as { message: string }).message, /left-pad/);
});

Deno.test("a cell hosts two modules, ends one on unload and goes on serving the other", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(COUNTER, { api: "one" }));
  link.send({ t: "load", id: 2, instance: I2 }, loadOrder(COUNTER, { api: "two" }));
  await link.next("loaded", ({ instance }) => instance === I1);
  await link.next("loaded", ({ instance }) => instance === I2);
  const open = call(link, "ask", args("never"));
  const { message: { id: nested } } = await link.next("call");
  link.send({ t: "unload", instance: I1 });
  assert.equal((await link.next("ended")).message.what, "worker");
  const killed = await open as { ok: boolean; value: { code: string; maybe_ran: boolean } };
  assert.deepEqual([killed.value.code, killed.value.maybe_ran], ["module_killed", true]);
  assert.equal((await link.next("cancel")).message.id, nested, "what it asked is given up");
  const moved = await call(link, "add", args(1, 1)) as { value: { code: string } };
  assert.equal(moved.value.code, "moved");
  assert.deepEqual(await call(link, "add", args(1, 1), I2), { ok: true, value: [2, 1] });
});

Deno.test("a cell gives a Worker exactly the folder that was granted", async () => {
  const home = await Deno.makeTempDir({ dir: "/tmp" });
  await Deno.mkdir(`${home}/data`);
  await Deno.writeTextFile(`${home}/secret`, "x");
  const files = `import { read, write } from 'files';
class Module {
  async put(path) { await write(path, "kept"); return new TextDecoder().decode(await read(path)); }
  async get(path) { return new TextDecoder().decode(await read(path)); }
}
export { Module };
`;
  try {
    await using cell = new CellUnderTest({ read: [`${home}/data`], write: [`${home}/data`] });
    const { link } = await cell.kernel.attached();
    const grants = { home, builtins: ["files"], folders: [{ path: "data", mode: "rw" as const }] };
    link.send({ t: "load", id: 1, instance: I1 }, loadOrder(files, grants));
    await link.next("loaded");
    assert.deepEqual(await call(link, "put", args("data/a.txt")), { ok: true, value: "kept" });
    assert.equal(await Deno.readTextFile(`${home}/data/a.txt`), "kept");
    assert.equal((await call(link, "get", args("secret"))).ok, false);
    assert.equal((await call(link, "get", args("../../etc/passwd"))).ok, false);
    link.send(
      { t: "load", id: 2, instance: I2 },
      loadOrder(files, { ...grants, folders: [{ path: "other", mode: "rw" }] }),
    );
    const refused = await link.next("failed", ({ instance }) => instance === I2);
    assert.match((value(refused.payload) as { message: string }).message, /Worker of 'tested' could not be made/);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
