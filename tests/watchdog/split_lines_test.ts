import assert from "node:assert/strict";
import { splitLines } from "../../kernel/watchdog/split_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function split(cap: number, chunks: readonly Uint8Array[]): [string, boolean][] {
  const lines: [string, boolean][] = [];
  const splitter = splitLines(cap, (line, cut) => lines.push([line, cut]));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

Deno.test("splitLines joins a line that comes in pieces and splits a piece that has several", () => {
  assert.deepEqual(split(100, ["a", "b\nc\n\nd", "e\n"].map(bytes)), [["ab", false], ["c", false], ["", false], [
    "de",
    false,
  ]]);
});

Deno.test("splitLines hands out the rest at the end, and nothing when there is none", () => {
  assert.deepEqual(split(100, [bytes("a\nb")]), [["a", false], ["b", false]]);
  assert.deepEqual(split(100, [bytes("a\n")]), [["a", false]]);
  assert.deepEqual(split(100, []), []);
});

Deno.test("splitLines keeps a line of exactly the cap and cuts one of a byte more", () => {
  assert.deepEqual(split(4, [bytes("abcd\nabcde\nx")]), [["abcd", false], ["abcd", true], ["x", false]]);
  assert.deepEqual(split(4, ["ab", "cd", "e", "f\n", "x"].map(bytes)), [["abcd", true], ["x", false]]);
});

Deno.test("splitLines keeps a character that comes in two pieces and marks bytes that are no text", () => {
  const euro = bytes("€\n");
  assert.deepEqual(split(9, [euro.slice(0, 1), euro.slice(1)]), [["€", false]]);
  assert.deepEqual(split(9, [new Uint8Array([255, 10, 65, 10])]), [["\ufffd", false], ["A", false]]);
});

Deno.test("splitLines takes no more for a line without an end than its cap", () => {
  let taken = 0;
  const splitter = splitLines(1_000, (line) => taken = line.length);
  const chunk = new Uint8Array(65_536).fill(120);
  for (let times = 0; times < 1_000; times++) splitter.push(chunk);
  splitter.end();
  assert.equal(taken, 1_000);
});

Deno.test("splitLines leaves a reader its buffer", () => {
  const lines: string[] = [];
  const splitter = splitLines(10, (line) => lines.push(line));
  const buffer = bytes("ab");
  splitter.push(buffer);
  buffer.fill(0);
  splitter.end();
  assert.deepEqual(lines, ["ab"]);
});
