import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { openScreen } from "../../../kernel/cli/dev/screen.ts";

function screen(terminal: boolean) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = "";
  output.on("data", (chunk) => shown += chunk);
  let interrupts = 0;
  const opened = openScreen("> ", { input, output, terminal }, () => interrupts++);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
  return { input, opened, settled, shown: () => shown, interrupts: () => interrupts };
}

Deno.test("what is printed goes above the prompt, and the typed line is shown again below it", async () => {
  const { input, opened, settled, shown } = screen(true);
  opened.ready();
  input.write("add mi");
  await settled();
  const before = shown().length;
  opened.print("news");
  await settled();
  assert.equal(shown().slice(before), "\x1b[1G\x1b[0Jnews\n\x1b[1G\x1b[0J> add mi\x1b[9G");
  opened.close();
});

Deno.test("a Ctrl-C throws a typed line away, and on an empty one it leaves", async () => {
  const { input, opened, settled, interrupts } = screen(true);
  const lines = Array.fromAsync(opened.lines);
  opened.ready();
  input.write("half");
  await settled();
  input.write("\x03");
  await settled();
  assert.equal(interrupts(), 0);
  input.write("whole\r");
  await settled();
  input.write("\x03");
  await settled();
  assert.equal(interrupts(), 1);
  opened.close();
  assert.deepEqual(await lines, ["whole"]);
});

Deno.test("the arrow up brings the last line back", async () => {
  const { input, opened, settled } = screen(true);
  const lines = Array.fromAsync(opened.lines);
  opened.ready();
  input.write("first\r");
  await settled();
  input.write("\x1b[A");
  await settled();
  input.write("\r");
  await settled();
  opened.close();
  assert.deepEqual(await lines, ["first", "first"]);
});

Deno.test("without a terminal there is no prompt, and the lines end with the input", async () => {
  const { input, opened, settled, shown } = screen(false);
  opened.ready();
  input.write("a\nb\n");
  input.end("c");
  opened.print("news");
  assert.deepEqual(await Array.fromAsync(opened.lines), ["a", "b", "c"]);
  await settled();
  assert.equal(shown(), "news\n");
});
