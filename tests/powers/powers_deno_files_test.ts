import assert from "node:assert/strict";
import { FaultError } from "../../kernel/contract/fault.ts";
import { denoFiles as files } from "../../kernel/powers_deno.ts";

async function withFolder(then: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await then(folder);
  await Deno.remove(folder, { recursive: true });
}

function code(expected: string) {
  return (error: unknown) => error instanceof FaultError && error.code === expected;
}

Deno.test("denoFiles reads a file of exactly the bytes allowed and refuses one of a byte more", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "12345");
    assert.equal(await files.readText(`${folder}/a`, 5), "12345");
    assert.deepEqual(await files.read(`${folder}/a`, 9), new TextEncoder().encode("12345"));
    await assert.rejects(files.readText(`${folder}/a`, 4), code("too_large"));
    await Deno.writeTextFile(`${folder}/empty`, "");
    assert.equal(await files.readText(`${folder}/empty`, 0), "");
  }));

Deno.test("denoFiles gives undefined for what is missing, also below a file", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "");
    for (const path of [`${folder}/none`, `${folder}/a/below`]) {
      assert.equal(await files.readText(path, 9), undefined);
      assert.equal(await files.stat(path), undefined);
      assert.equal(await files.lstat(path), undefined);
      assert.equal(await files.realPath(path), undefined);
      assert.equal(await files.list(path), undefined);
      await files.remove(path);
    }
  }));

Deno.test("denoFiles refuses a folder, a pipe and bytes that are no UTF-8 where a text is wanted", () =>
  withFolder(async (folder) => {
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
    await Deno.writeFile(`${folder}/bytes`, new Uint8Array([255]));
    await assert.rejects(files.readText(folder, 9), code("invalid_argument"));
    await assert.rejects(files.readText(`${folder}/pipe`, 9), code("invalid_argument"));
    await assert.rejects(files.readText(`${folder}/bytes`, 9), code("invalid_argument"));
  }));

Deno.test("denoFiles lists by name and tells symlinks from what they lead to", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/b`, "12");
    await Deno.mkdir(`${folder}/a`);
    await Deno.symlink("b", `${folder}/c`);
    assert.deepEqual(await files.list(folder), [
      { name: "a", kind: "folder" },
      { name: "b", kind: "file" },
      { name: "c", kind: "symlink" },
    ]);
    const [through, itself] = [await files.stat(`${folder}/c`), await files.lstat(`${folder}/c`)];
    assert.deepEqual([through?.kind, through?.size, itself?.kind], ["file", 2, "symlink"]);
    assert.deepEqual([through?.uid, through!.inode > 0], [Deno.uid(), true]);
    assert.equal(await files.realPath(`${folder}/c`), `${folder}/b`);
  }));

Deno.test("denoFiles writes whole: a reader never sees half, the mode stays, nothing is left beside", () =>
  withFolder(async (folder) => {
    const path = `${folder}/w`;
    await files.writeWhole(path, "0".repeat(100_000));
    await Deno.chmod(path, 0o640);
    const writing = (async () => {
      for (let round = 1; round < 20; round++) await files.writeWhole(path, String(round % 10).repeat(100_000));
    })();
    for (let times = 0; times < 40; times++) {
      const text = await Deno.readTextFile(path);
      assert.equal(text, text[0]!.repeat(100_000));
    }
    await writing;
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o640);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["w"]);
  }));

Deno.test("denoFiles leaves no temporary file when a write fails", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/w`);
    await assert.rejects(files.writeWhole(`${folder}/w`, "x"));
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["w"]);
  }));

Deno.test("denoFiles appends in order, counts the size, and makes folders of the mode asked for", () =>
  withFolder(async (folder) => {
    await files.makeFolder(`${folder}/logs/deep`, 0o700);
    assert.equal((await Deno.stat(`${folder}/logs/deep`)).mode! & 0o777, 0o700);
    await Deno.writeTextFile(`${folder}/logs/l`, "old\n");
    const log = await files.appender(`${folder}/logs/l`);
    await Promise.all(["a\n", "b\n", "ü\n"].map((line) => log.write(line)));
    assert.equal(log.size, 11);
    log.close();
    assert.equal(await Deno.readTextFile(`${folder}/logs/l`), "old\na\nb\nü\n");
  }));

Deno.test("denoFiles hints at changes below what it watches, until told to stop", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/deep`);
    const seen: string[] = [];
    let told = Promise.withResolvers<void>();
    const stop = files.watch([folder, `${folder}/not there`], (path) => {
      seen.push(path);
      told.resolve();
    });
    await Deno.writeTextFile(`${folder}/deep/x`, "1");
    await told.promise;
    assert.ok(seen.includes(`${folder}/deep/x`));
    stop();
    stop();
    told = Promise.withResolvers();
    const before = seen.length;
    await Deno.writeTextFile(`${folder}/deep/y`, "1");
    await new Promise((then) => setTimeout(then, 50));
    assert.equal(seen.length, before);
  }));

Deno.test("readPart gives the beginning or the end of a file, all of a shorter one, and nothing of none", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/a.txt`;
  await Deno.writeTextFile(path, "abcdef");
  const read = async (part: Parameters<typeof files.readPart>[1]) =>
    new TextDecoder().decode(await files.readPart(path, part));
  assert.deepEqual(await Promise.all([{ first: 2 }, { last: 2 }, { first: 9 }, { last: 9 }, { last: 0 }].map(read)), [
    ...["ab", "ef", "abcdef", "abcdef", ""],
  ]);
  assert.equal(await files.readPart(`${folder}/none`, { last: 1 }), undefined);
  await Deno.remove(folder, { recursive: true });
});
