/** Modules that take too much: the cell says so, and its end is the end of it. */
import assert from "node:assert/strict";
import { MachineLag } from "../hostile/suite/machine_lag.ts";
import type { CallKey, InstanceId } from "../../kernel/contract/names.ts";
import type { KernelMessage } from "../../kernel/contract/wire.ts";
import { args, CellUnderTest, I1, loadOrder, value } from "../guest/shell/scripted_kernel.ts";

const HOSTILE = `
const taken = [];
class Module {
  bomb() { setInterval(() => { for (let i = 0; i < 4; i++) taken.push(new Uint8Array(2_000_000).fill(1)); }, 5); return "lit"; }
  loop() { for (;;); }
  async churn(ms) {
    const kept = [];
    for (const end = Date.now() + ms; Date.now() < end;) {
      for (let i = 0; i < 2000; i++) kept.push({ i, text: "x".repeat(10) + i, list: [i, i, i] });
      if (kept.length > 150000) kept.splice(0, 60000);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return "alive";
  }
  flood() { for (let i = 0; i < 1000; i++) console.log("line " + i); }
  hello() { return "hi"; }
}
export { Module };
`;
const call = (id: number, name: string): KernelMessage => ({
  ...{ t: "call", id, key: `a~1!x#${id}` as CallKey, to: I1 as InstanceId, aspect: "default", name, kind: "call" },
  ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 5_000, depth: 1 },
});

Deno.test("a bomb of buffers ends its cell soon after memory_mb, with a last word on the link and on stderr", async () => {
  await using cell = new CellUnderTest({ memory_mb: 200 });
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(HOSTILE));
  await link.next("loaded");
  const lag = new MachineLag();
  link.send(call(1, "bomb"), args());
  assert.equal(value((await link.next("reply")).payload), "lit");
  const { message } = await link.next("dying", () => true, 10_000);
  assert.deepEqual([message.instance, message.limit, message.allowed], [I1, "memory_mb", 200]);
  // What a guard that is served late can't see: a bomb adds some megabytes each millisecond. The bound of 64 MB is held where the machine is free (memory family).
  const allowed = 330 + 8 * lag.take();
  lag.stop();
  assert.ok(message.found > 200 && message.found <= allowed, `${message.found} of ${allowed}`);
  assert.equal((await cell.status()).signal, "SIGKILL");
  assert.ok(cell.err.some((line) => line.startsWith("limits.memory_mb: ")), cell.err.join("\n"));
});

Deno.test("a module that makes more garbage than memory_mb holds lives on: it is collected before the guard takes it for a bomb", async () => {
  await using cell = new CellUnderTest({ memory_mb: 128 });
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(HOSTILE));
  await link.next("loaded");
  link.send(call(1, "churn"), args(3_000));
  assert.equal(value((await link.next("reply", () => true, 10_000)).payload), "alive");
});

Deno.test("a busy loop ends its cell after liveness_ms, also when its caller has stopped waiting", async () => {
  for (const cancelled of [false, true]) {
    await using cell = new CellUnderTest();
    const { link } = await cell.kernel.attached();
    link.send({ t: "load", id: 1, instance: I1 }, loadOrder(HOSTILE, { limits: { liveness_ms: 600 } }));
    await link.next("loaded");
    link.send(call(1, "loop"), args());
    const began = performance.now();
    if (cancelled) setTimeout(() => link.send({ t: "cancel", id: 1 }), 100);
    const { message } = await link.next("dying");
    assert.deepEqual([message.instance, message.limit, message.allowed], [I1, "liveness_ms", 600]);
    const took = performance.now() - began;
    assert.ok(took > 550 && took < 2_500, `${took}`);
    assert.equal((await cell.status()).signal, "SIGKILL");
  }
});

Deno.test("a module that is busy while it loads ends its cell at load_ms", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send(
    { t: "load", id: 1, instance: I1 },
    loadOrder("for (;;);\nclass Module {}\nexport { Module };\n", { limits: { load_ms: 400 } }),
  );
  assert.deepEqual((await link.next("dying")).message.limit, "load_ms");
  assert.equal((await cell.status()).signal, "SIGKILL");
});

Deno.test("a module that waits for ever while it loads fails alone: its cell goes on", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  const code = "await new Promise(() => {});\nclass Module {}\nexport { Module };\n";
  link.send({ t: "load", id: 1, instance: "1.7" as InstanceId }, loadOrder(code, { limits: { load_ms: 300 } }));
  const failed = await link.next("failed");
  assert.deepEqual([failed.message.phase, (value(failed.payload) as { message: string }).message], [
    "load",
    "'tested' did not load within 300 ms",
  ]);
  link.send({ t: "load", id: 2, instance: I1 }, loadOrder(HOSTILE));
  await link.next("loaded");
  link.send(call(1, "hello"), args());
  assert.equal(value((await link.next("reply")).payload), "hi");
});

Deno.test("a flood of lines is cut to log_lines_per_s and told: each line is written or counted, whoever dropped it", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(HOSTILE, { limits: { log_lines_per_s: 10 } }));
  await link.next("loaded");
  for (const id of [1, 2]) {
    link.send(call(id, "flood"), args());
    await link.next("reply");
  }
  // The Worker's own count comes a second after its flood, the shell's a second after that.
  const texts = () => cell.out.map((line) => JSON.parse(line).text as string);
  const dropped = () => texts().reduce((sum, text) => sum + Number(/^… (\d+) lines dropped$/.exec(text)?.[1] ?? 0), 0);
  const written = () => texts().filter((text) => text.startsWith("line ")).length;
  for (const end = Date.now() + 20_000; dropped() + written() < 2_000 && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(dropped() + written(), 2_000, texts().join("\n"));
  assert.ok(written() <= 40, `${written()}`); // ten in each second that a flood touched: two of each, on a busy machine
  link.send({ t: "bye" });
  assert.equal((await cell.status()).code, 0);
});
