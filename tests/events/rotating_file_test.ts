import assert from "node:assert/strict";
import type { Files } from "../../kernel/contract/powers.ts";
import { RotatingFile, type RotatingFileOptions } from "../../kernel/events/rotating_file.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

async function inFolder(test: (folder: string, text: (name: string) => Promise<string | undefined>) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder, (name) => denoFiles.readText(`${folder}/${name}`, 1_000_000));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
const open = (folder: string, more: Partial<RotatingFileOptions> = {}) =>
  new RotatingFile({
    files: denoFiles,
    clock: new FakeClock(),
    max_age_ms: Infinity,
    path: `${folder}/log.jsonl`,
    max_bytes: 1_000,
    keep: 2,
    max_waiting: 100,
    ...more,
  });

Deno.test("RotatingFile writes lines in their order, and goes on with a file that is there", () =>
  inFolder(async (folder, text) => {
    const first = open(folder);
    for (const line of ["1", "2", "3"]) first.append(line);
    await first.close();
    const second = open(folder);
    second.append("4");
    await second.close();
    assert.equal(await text("log.jsonl"), "1\n2\n3\n4\n");
  }));

Deno.test("RotatingFile renames a file before it would grow too large, by bytes, and keeps as many as it should", () =>
  inFolder(async (folder, text) => {
    const file = open(folder, { max_bytes: 10 });
    for (const line of ["éé23", "456", "ab", "cdefghi", "x", "y"]) {
      file.append(line);
      await file.flush();
    }
    await file.close();
    const names = ["log.jsonl", "log.1.jsonl", "log.2.jsonl", "log.3.jsonl"];
    assert.deepEqual(await Promise.all(names.map(text)), ["y\n", "cdefghi\nx\n", "456\nab\n", undefined]);
  }));

Deno.test("RotatingFile cuts a burst into files that are none of them too large", () =>
  inFolder(async (folder, text) => {
    const file = open(folder, { max_bytes: 20, keep: 9 });
    for (let n = 10; n < 30; n++) file.append(`${n}`);
    await file.close();
    const names = ["log.3.jsonl", "log.2.jsonl", "log.1.jsonl", "log.jsonl"];
    const texts = await Promise.all(names.map(text));
    assert.ok(texts.every((one) => one!.length <= 20));
    assert.deepEqual(texts.join("").split("\n").filter(Boolean), Array.from({ length: 20 }, (_, n) => `${n + 10}`));
  }));

Deno.test("RotatingFile writes a single line that is longer than a file may be", () =>
  inFolder(async (folder, text) => {
    const file = open(folder, { max_bytes: 5 });
    file.append("a long line");
    file.append("b");
    await file.close();
    assert.deepEqual([await text("log.1.jsonl"), await text("log.jsonl")], ["a long line\n", "b\n"]);
  }));

Deno.test("RotatingFile begins a new line behind one that a kill tore", () =>
  inFolder(async (folder, text) => {
    await Deno.writeTextFile(`${folder}/log.jsonl`, '{"a":1}\n{"b"');
    const file = open(folder);
    file.append('{"c":3}');
    await file.close();
    assert.equal(await text("log.jsonl"), '{"a":1}\n{"b"\n{"c":3}\n');
  }));

Deno.test("RotatingFile drops and counts what exceeds its bound while the disk is slow, and what comes after its end", () =>
  inFolder(async (folder, text) => {
    const slow = Promise.withResolvers<void>();
    const files: Files = {
      ...denoFiles,
      appender: async (path) => {
        await slow.promise;
        return await denoFiles.appender(path);
      },
    };
    const file = open(folder, { files, max_waiting: 2 });
    file.append("1");
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const line of ["2", "3", "4"]) file.append(line);
    assert.equal(file.dropped, 1);
    slow.resolve();
    await file.close();
    file.append("5");
    assert.deepEqual([await text("log.jsonl"), file.dropped], ["1\n2\n3\n", 2]);
  }));

Deno.test("RotatingFile survives a full disk: lines are counted, half a line swallows no other, and it goes on", () =>
  inFolder(async (folder, text) => {
    let full = false;
    const files: Files = {
      ...denoFiles,
      appender: async (path) => {
        const appender = await denoFiles.appender(path);
        return {
          get size() {
            return appender.size;
          },
          write: async (text) => {
            if (!full) return await appender.write(text);
            await appender.write(text.slice(0, 2));
            throw new Error("no space left");
          },
          close: () => appender.close(),
        };
      },
    };
    const file = open(folder, { files });
    file.append("first");
    await file.flush();
    full = true;
    file.append("second");
    await file.flush();
    full = false;
    file.append("third");
    await file.close();
    assert.deepEqual([await text("log.jsonl"), file.dropped], ["first\nse\nthird\n", 1]);
  }));

Deno.test("RotatingFile goes on with the old file when it can't be renamed", () =>
  inFolder(async (folder, text) => {
    const files: Files = { ...denoFiles, rename: () => Promise.reject(new Error("not permitted")) };
    const file = open(folder, { files, max_bytes: 4 });
    for (const line of ["abc", "def", "ghi"]) {
      file.append(line);
      await file.flush();
    }
    await file.close();
    assert.deepEqual([await text("log.jsonl"), file.dropped], ["abc\ndef\nghi\n", 0]);
  }));

const NOTE = (time: string) => JSON.stringify({ time, n: 1 });

Deno.test("RotatingFile puts a file aside when its first line is too old, also one that it found, and no file that is younger", () =>
  inFolder(async (folder, text) => {
    const clock = new FakeClock();
    const write = async (line: string) => {
      const file = open(folder, { clock, max_age_ms: 1_000 });
      file.append(line);
      await file.flush();
      return file;
    };
    const first = await write(NOTE(new Date(clock.now()).toISOString()));
    clock.advance(1_000);
    first.append("2");
    await first.close();
    assert.equal(await text("log.1.jsonl"), undefined);
    clock.advance(1);
    const second = await write("3");
    assert.match(await text("log.1.jsonl") ?? "", /"n":1\}\n2\n$/);
    assert.equal(await text("log.jsonl"), "3\n");
    clock.advance(1_001);
    second.append("4");
    await second.close();
    assert.deepEqual([await text("log.jsonl"), await text("log.1.jsonl")], ["4\n", "3\n"]);
    clock.advance(10_000);
    await (await write("5")).close(); // the file begins with no line of ours: its age is unknown
    assert.equal(await text("log.jsonl"), "4\n5\n");
  }));

Deno.test("RotatingFile keeps to new bounds from the next line on", () =>
  inFolder(async (folder, text) => {
    const file = open(folder);
    for (const line of ["1", "2"]) file.append(line);
    await file.flush();
    file.bound({ max_bytes: 4, keep: 1, max_age_ms: Infinity });
    for (const line of ["3", "4", "5"]) file.append(line);
    await file.close();
    assert.deepEqual([await text("log.jsonl"), await text("log.1.jsonl")], ["5\n", "3\n4\n"]);
    assert.equal(await text("log.2.jsonl"), undefined);
  }));
