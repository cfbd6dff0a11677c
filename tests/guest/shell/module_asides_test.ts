import assert from "node:assert/strict";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { ModuleAsides } from "../../../kernel/guest/shell/module_asides.ts";
import { ModuleLog } from "../../../kernel/guest/shell/module_log.ts";
import { FakeClock } from "../../primitives/fake_clock.ts";
import { loadOrder } from "./scripted_kernel.ts";

const I = "1.1" as InstanceId;
const ORDER = JSON.parse(loadOrder("", { limits: { log_lines_per_s: 2 } }) as string);

function script() {
  const clock = new FakeClock();
  const lines: string[] = [];
  const hits: unknown[] = [];
  const log = new ModuleLog(clock, (line) => lines.push(JSON.parse(line).text));
  const asides = new ModuleAsides(clock, log, (_, hit) => hits.push(hit));
  return { clock, lines, hits, asides };
}

Deno.test("ModuleAsides tells of a storm of timers once a second, in the log and as a limit that was hit", () => {
  const { clock, lines, hits, asides } = script();
  const word = { t: "limit", limit: "timers", found: 11, allowed: 10 } as const;
  for (let i = 0; i < 100; i++) asides.take(I, ORDER, word);
  assert.deepEqual(lines, ["limits.timers: 11 found, 10 allowed"]);
  assert.deepEqual(hits, [{ limit: "timers", found: 11, allowed: 10 }]);
  clock.advance(1_000);
  asides.take(I, ORDER, word);
  assert.equal(hits.length, 2);
});

Deno.test("ModuleAsides believes no Worker that it hit another limit than those of its own realm", () => {
  const { lines, hits, asides } = script();
  for (const limit of ["memory_mb", "liveness_ms", "made_up"]) {
    asides.take(I, ORDER, { t: "limit", limit, found: 1, allowed: 0 });
  }
  assert.deepEqual([lines, hits], [[], []]);
});
