import assert from "node:assert/strict";
import { ALIVE } from "../../kernel/contract/channel.ts";
import { showSignsOfLife } from "../../kernel/bootstrap/signs_of_life.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const LOOK_MS = 500;
const MIB = 1_048_576;

function kernel() {
  const clock = new FakeClock();
  const sent: string[] = [];
  const too_large: number[] = [];
  const memory = { rss: 100 * MIB };
  const signs = showSignsOfLife({
    clock,
    watchdog: { send: ({ t }) => sent.push(t) },
    rss: () => memory.rss,
    tooLarge: (found_mb) => too_large.push(found_mb),
  });
  return { clock, sent, too_large, memory, signs };
}

Deno.test("a kernel says at once that it lives, then every 2 s, well within the watchdog's patience", () => {
  const { clock, sent } = kernel();
  assert.deepEqual(sent, ["alive"]);
  clock.advance(ALIVE.every_ms - 1);
  assert.equal(sent.length, 1);
  clock.advance(1);
  assert.equal(sent.length, 2);
  clock.advance(60_000);
  assert.equal(sent.length, 2 + 60_000 / ALIVE.every_ms);
  assert.ok(ALIVE.every_ms * 4 < ALIVE.silent_ms);
});

Deno.test("a kernel may take just as much memory as its bound allows, and ends at the next look beyond it", () => {
  const { clock, too_large, memory, signs } = kernel();
  memory.rss = 900 * MIB;
  clock.advance(10_000);
  assert.deepEqual(too_large, [], "no bound before the meta file is read");
  signs.bound(900);
  clock.advance(LOOK_MS);
  assert.deepEqual(too_large, []);
  memory.rss += 1;
  clock.advance(LOOK_MS - 1);
  assert.deepEqual(too_large, []);
  clock.advance(1);
  assert.deepEqual(too_large, [900]);
});
