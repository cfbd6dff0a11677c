/** The socket of the cells, with a real kernel behind it: whatever is said there, the kernel lives, does not grow, and serves the neighbour. */
import assert from "node:assert/strict";
import { provenLies, unprovenLies } from "./cell_lies.ts";
import { cellStorm, HOSTILE_MODULES, playHostile } from "./cell_storm.ts";
import { fuzzTest } from "./fuzz_test_of.ts";
import { FuzzedKernel } from "./fuzzed_kernel.ts";
import { INPUTS } from "./settings.ts";

const KNOWN = { instance: "1.1", apis: ["neighbour", "nobody"], served: [1, 2], made: [], next: 1 };

fuzzTest(
  "strangers at the cells' socket and cells that lie lose their links, and nobody else notices",
  async (random, tell) => {
    await using kernel = await FuzzedKernel.start({});
    const unproven = await unprovenLies(kernel, random, KNOWN, INPUTS / 50);
    const proven = await provenLies(kernel, random, KNOWN, INPUTS / 5);
    tell(`${unproven.frames} frames of strangers, ${proven.frames} of ${proven.links} cells that lie`);
    tell(`${kernel.played.kills.length} cells were killed; memory ${kernel.memory}`);
    assert.deepEqual(proven.unexplained, [], "links were closed without a word against their cell");
    assert.ok(kernel.played.kills.length > proven.links / 4);
    await kernel.assertUnharmed();
  },
);

fuzzTest("modules whose cells say what no honest shell says harm nobody but themselves", async (random, tell) => {
  await using kernel = await FuzzedKernel.start(HOSTILE_MODULES, playHostile(random));
  const { frames, stalls, relinks, restarts, unexplained } = await cellStorm(kernel, random, INPUTS * 0.8);
  tell(`${frames} frames, ${stalls} stalls, ${relinks} links made anew, ${restarts} restarts; memory ${kernel.memory}`);
  tell(`killed for: ${[...new Set(kernel.played.kills)].join(" | ").slice(0, 500)}`);
  assert.deepEqual(unexplained, [], "links were closed without a word against their cell");
  await kernel.assertUnharmed();
});
