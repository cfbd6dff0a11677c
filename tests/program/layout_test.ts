import assert from "node:assert/strict";
import { findList, FIRST_LINE_BYTES, layOut, parseList } from "../../kernel/program/layout.ts";
import { Pieces } from "../../kernel/program/pieces.ts";

const CODE = "console.log('started');";
/** What would end a comment, and every byte there is. */
const BYTES = Uint8Array.from({ length: 600 }, (_, at) => at < 12 ? "*/ alert(1) ".charCodeAt(at) : at);

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function withFile(text: string, use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/program.mjs`, text);
    await use(`${folder}/program.mjs`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("layOut makes a module that runs its code and nothing of its pieces", async () => {
  const text = layOut("1.2.3", CODE, [{ name: "a", bytes: BYTES, deflated: false }]);
  await withFile(text, async (path) => {
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["run", "--no-config", path] }).output();
    assert.equal(new TextDecoder().decode(stdout), "started\n");
  });
});

Deno.test("Pieces gives each piece as it was, deflated or plain", async () => {
  const text = layOut("1.2.3", CODE, [
    { name: "none", bytes: new Uint8Array(), deflated: false },
    { name: "plain", bytes: BYTES, deflated: false },
    { name: "folder/deflated", bytes: await deflated(BYTES), deflated: true },
  ]);
  await withFile(text, async (path) => {
    const pieces = new Pieces(path);
    assert.deepEqual(pieces.names(), ["none", "plain", "folder/deflated"]);
    for (const name of ["plain", "folder/deflated"]) assert.deepEqual(await pieces.read(name), BYTES);
    assert.deepEqual(pieces.plain("plain"), BYTES);
    assert.equal((await pieces.read("none")).length, 0);
    assert.throws(() => pieces.plain("folder/deflated"), /is deflated/);
    await assert.rejects(pieces.read("other"), Deno.errors.NotFound);
    pieces.close();
  });
});

Deno.test("Pieces reads what it began with although the program is replaced on the disk meanwhile", async () => {
  const bytes = (word: string) => new TextEncoder().encode(word);
  await withFile(layOut("1", CODE, [{ name: "a", bytes: bytes("old"), deflated: false }]), async (path) => {
    const pieces = new Pieces(path);
    await Deno.writeTextFile(
      `${path}.new`,
      layOut("2", "// longer\n" + CODE, [{
        name: "a",
        bytes: bytes("a newer one"),
        deflated: false,
      }]),
    );
    await Deno.rename(`${path}.new`, path);
    assert.equal(await pieces.text("a"), "old");
    pieces.close();
  });
});

Deno.test("Pieces refuses a file that is laid out otherwise", () =>
  withFile("console.log(1);\n", async (path) => {
    assert.throws(() => new Pieces(path), /is no meta-machine in one file/);
    await Promise.resolve();
  }));

Deno.test("the first line says where the list is, within the bytes that are read for it", () => {
  const text = layOut("10.20.30-alpha.1", CODE, [{ name: "a", bytes: BYTES, deflated: false }]);
  const list = findList(text.slice(0, FIRST_LINE_BYTES));
  assert.ok(list);
  assert.deepEqual([...parseList(text.slice(list.at, list.at + list.length)).keys()], ["a"]);
  assert.equal(findList("// meta-machine 1 in one file"), undefined);
});
