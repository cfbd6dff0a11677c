import assert from "node:assert/strict";
import {
  type BracketOutcome,
  type BracketValue,
  clipOutcome,
  readTurn,
  renderResult,
  renderValue,
} from "../../../../kernel/guest/sdk/bracket/mod.ts";
import { measure } from "../../../../kernel/guest/sdk/bracket/rendered_bytes.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;
const success = (data: BracketValue): BracketOutcome => ({ result: "t", status: "success", data });
function clip(outcome: BracketOutcome, most: number): Record<string, BracketValue> {
  const clipped = clipOutcome(outcome, most);
  const block = renderResult(clipped);
  assert.ok(bytes(block) <= most, `${bytes(block)} of ${most} bytes`);
  // It reads back: the same grammar, by another name.
  const fence = /^`+/.exec(block)![0];
  const [read] = readTurn(`${fence}tool\n{call: t, params: ${block.split("\n")[1]}}\n${fence}`);
  assert.equal(read!.error, null);
  return (clipped.status === "success" ? clipped.data : clipped.error) as Record<string, BracketValue>;
}

Deno.test("clipOutcome leaves a block with the last allowed byte as it is, and clips the first byte beyond", () => {
  for (const character of ["x", "é", "\n", "`", "😀"]) {
    const outcome = success({ content: character.repeat(2_000) });
    const size = bytes(renderResult(outcome));
    assert.equal(clipOutcome(outcome, size), outcome, "the very same");
    const data = clip(outcome, size - 1);
    assert.equal(data["truncated"], true);
    assert.equal(data["total_bytes"], bytes(renderValue({ content: character.repeat(2_000) })));
    assert.equal(data["rest"], "call t again for a part of it, where its params allow that");
    assert.match(data["content"] as string, /^(.|\n)+… \d+ more characters$/);
  }
});

Deno.test("clipOutcome uses the room that it is given", () => {
  const data = clip(success({ content: "x".repeat(100_000) }), 4_096);
  assert.ok((data["content"] as string).length > 3_800);
  const [, kept, gone] = /^(x+)… (\d+) more characters$/.exec(data["content"] as string)!;
  assert.equal(kept!.length + Number(gone), 100_000);
});

Deno.test("clipOutcome never splits a surrogate pair, whatever the bytes", () => {
  const outcome = success("a😀".repeat(400));
  for (let most = 300; most < 360; most++) {
    const { value } = clip(outcome, most);
    assert.equal((value as string).isWellFormed(), true, `${most}`);
  }
});

Deno.test("clipOutcome takes from the longest, and leaves what is short whole", () => {
  const data = clip(success({ a: "short", long: "x".repeat(9_000), b: [1, 2, 3], longer: "y".repeat(90_000) }), 4_000);
  assert.equal(data["a"], "short");
  assert.deepEqual(data["b"], [1, 2, 3]);
  const lengths = [data["long"], data["longer"]].map((text) => (text as string).length);
  assert.ok(lengths.every((length) => length > 1_700), `${lengths}`);
});

Deno.test("clipOutcome cuts long lists and maps at their ends, and counts what is gone", () => {
  const rows = Array.from({ length: 5_000 }, (_, id) => ({ id, text: `number ${id}` }));
  const { value } = clip(success(rows), 3_000) as { value: BracketValue[] };
  assert.deepEqual(value[0], { id: 0, text: "number 0" });
  assert.ok(value.length > 50);
  assert.equal(value.at(-1), `… ${5_000 - (value.length - 1)} more`);
  const map = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key${i}`, i]));
  const kept = clip(success({ map, "…": 1 }), 3_000)["map"] as Record<string, BracketValue>;
  assert.equal(kept["key0"], 0);
  assert.equal(kept["…"], `${5_000 - (Object.keys(kept).length - 1)} more keys`);
});

Deno.test("clipOutcome keeps bytes readable: whole groups of base64, and how many there were", () => {
  const base64 = btoa("x".repeat(10_000));
  const data = clip(success({ base64, mime: "image/png" }), 1_000);
  assert.equal((data["base64"] as string).length % 4, 0);
  assert.ok(atob(data["base64"] as string).length > 400);
  assert.deepEqual([data["mime"], data["bytes"]], ["image/png", 10_000]);
});

Deno.test("clipOutcome keeps keys of the data's own that are named like its notes, one level deeper", () => {
  const data = clip(success({ truncated: "mine", text: "x".repeat(5_000) }), 1_000);
  assert.equal((data["value"] as Record<string, BracketValue>)["truncated"], "mine");
  assert.equal(data["truncated"], true);
});

Deno.test("clipOutcome clips errors too, and takes a text of the host's for the rest", () => {
  const error = clip({
    result: "t",
    id: "c1",
    status: "error",
    error: { code: "tool_error", message: "m".repeat(9_000) },
  }, 600);
  assert.equal(error["code"], "tool_error");
  assert.deepEqual([error["truncated"], "rest" in error], [true, false]);
  const clipped = clipOutcome(success("x".repeat(9_000)), 500, "call more {id: 7}");
  assert.equal(
    clipped.status === "success" && (clipped.data as Record<string, BracketValue>)["rest"],
    "call more {id: 7}",
  );
});

Deno.test("clipOutcome counts the fence, which grows with the marks inside", () => {
  for (const most of [400, 1_000, 5_000]) {
    clip(success("`".repeat(20_000)), most);
    clip(success("`````` x".repeat(3_000)), most);
  }
  assert.ok((clip(success("````` x".repeat(3_000)), 5_000)["value"] as string).length > 4_000);
});

Deno.test("clipOutcome gives its notes alone where not even they fit, and keeps the name", () => {
  const clipped = clipOutcome(success("x".repeat(900)), 10);
  assert.equal(clipped.result, "t");
  assert.deepEqual(Object.keys((clipped as { data: object }).data), ["truncated", "total_bytes", "rest"]);
});

Deno.test("clipOutcome takes linear time and no stack, for what is long, wide or deep", () => {
  const time = (value: BracketValue) => {
    const began = performance.now();
    clip(success(value), 65_536);
    return performance.now() - began;
  };
  let deep: BracketValue = 1;
  for (let i = 0; i < 200_000; i++) deep = i % 2 ? [deep] : { d: deep };
  time(deep);
  time(Array.from({ length: 1_000_000 }, (_, i) => i));
  time("x".repeat(1_000_000)); // warm
  const [small, large] = [time("é".repeat(2_000_000)), time("é".repeat(16_000_000))];
  assert.ok(large < 8 * 4 * Math.max(small, 20), `${small} ms and ${large} ms for eight times as much`);
});

Deno.test("measure counts the bytes that renderValue writes", () => {
  const values: BracketValue[] = [
    ...["", 'a"\\\n\u0001\u000b\u007f', "é€😀\ud800", -0, 1e21, 2 ** 60, null, true],
    ...[[], {}, [[1, 2], {}], { a: 1, "b c": { é: [1] }, "a-b/c.d": "x", "\n": "" }],
  ];
  for (const value of [...values, values]) assert.equal(measure(value).bytes, bytes(renderValue(value)));
});
