import assert from "node:assert/strict";
import { InvalidArgumentError } from "commander";
import { parseSince } from "../../kernel/cli/parse_since.ts";

const NOW = new Date(2026, 0, 31, 12, 0, 0, 0);
const parse = (text: string) => parseSince(text, NOW.getTime());
const local = (day: number, ...clock: [number, number, number]) => new Date(2026, 0, day, ...clock).toISOString();

Deno.test("parseSince takes how long ago it was", () => {
  const before = (ms: number) => new Date(NOW.getTime() - ms).toISOString();
  assert.deepEqual(["90s", "10m", "1.5h", "3d"].map(parse), [90_000, 600_000, 5_400_000, 259_200_000].map(before));
});

Deno.test("parseSince takes the last time that the clock showed this", () => {
  assert.equal(parse("11:30"), local(31, 11, 30, 0));
  assert.equal(parse("12:00"), local(31, 12, 0, 0));
  assert.equal(parse("9:05:07"), local(31, 9, 5, 7));
  assert.equal(parse("23:59"), local(30, 23, 59, 0));
});

Deno.test("parseSince takes a date, at midnight of this place, and a time as logs have it", () => {
  assert.equal(parse("2026-01-30"), local(30, 0, 0, 0));
  assert.equal(parse("2026-01-30T08:00"), local(30, 8, 0, 0));
  assert.equal(parse("2026-01-30T08:00:00.000Z"), "2026-01-30T08:00:00.000Z");
});

Deno.test("parseSince refuses everything else with examples", () => {
  for (const text of ["", "10", "10w", "yesterday", "25:00", "2026-13-40", "-5m", "5"]) {
    assert.throws(
      () => parse(text),
      (error) => error instanceof InvalidArgumentError && /10m, 2h/.test(error.message),
      text,
    );
  }
});
