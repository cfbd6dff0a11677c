/** How a cell ends: by order, with its parent, never by the terminal; and how little it does meanwhile. */
import assert from "node:assert/strict";
import { CellUnderTest, I1, loadOrder } from "../guest/shell/scripted_kernel.ts";

const QUIET = "class Module { hello() { return 1; } }\nexport { Module };\n";

async function within(ms: number, done: Promise<unknown>, what: string): Promise<number> {
  const began = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => timer = setTimeout(() => resolve("late"), ms));
  const first = await Promise.race([done, late]);
  clearTimeout(timer);
  assert.notEqual(first, "late", what);
  return performance.now() - began;
}

Deno.test("a cell ends within two seconds of its parent's death, while its kernel lives", async () => {
  await using cell = new CellUnderTest({ foster: true });
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(QUIET));
  await link.next("loaded");
  cell.child.kill("SIGKILL");
  await within(2_000, cell.silent, "the cell outlives its parent");
});

Deno.test("a cell ends within two seconds of the death of its parent and its kernel", async () => {
  await using cell = new CellUnderTest({ foster: true });
  const { link } = await cell.kernel.attached();
  cell.child.kill("SIGKILL");
  cell.kernel.deaf();
  link.close();
  await within(2_000, cell.silent, "the cell outlives everybody");
  cell.kernel.again();
});

Deno.test("a cell that lost its kernel waits for the next one while its parent lives", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  cell.kernel.deaf();
  link.close();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.equal(cell.ended, false);
  cell.kernel.again();
  await cell.kernel.attached();
});

Deno.test("a cell is deaf to the terminal's signals", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) cell.child.kill(signal);
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(QUIET));
  await link.next("loaded");
  link.send({ t: "bye" });
  assert.equal((await cell.status()).code, 0);
});

Deno.test("a cell with the wrong token does not prove itself", async () => {
  await using cell = new CellUnderTest({ token: "ab".repeat(32) });
  await assert.rejects(cell.kernel.attached(), /the proof is wrong/);
});

Deno.test("a cell without a token ends at once and says why", async () => {
  await using cell = new CellUnderTest({ token: "" });
  assert.equal((await cell.status()).code, 1);
  await cell.silent;
  assert.ok(cell.err.some((line) => line.includes("no token")), cell.err.join("\n"));
});

Deno.test("an idle cell uses less than one hundredth of a core", async () => {
  await using cell = new CellUnderTest();
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(QUIET));
  await link.next("loaded");
  const cpu = async () => {
    link.send({ t: "ask" });
    return (await link.figures()).cpu_ms;
  };
  await new Promise((resolve) => setTimeout(resolve, 12_500)); // what the start left to collect and to compile
  const before = await cpu();
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  const used = await cpu() - before;
  assert.ok(used <= 60, `${used} ms of CPU in 6 s`);
});
