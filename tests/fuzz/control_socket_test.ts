/** The operator's socket under clients that keep to nothing: the kernel lives, does not grow, and serves its operator and the neighbour. */
import assert from "node:assert/strict";
import { controlStorm, VICTIM } from "./control_storm.ts";
import { fuzzTest } from "./fuzz_test_of.ts";
import { FuzzedKernel } from "./fuzzed_kernel.ts";
import { INPUTS } from "./settings.ts";

fuzzTest("clients of the operator's socket that keep to nothing harm nobody", async (random, tell) => {
  await using kernel = await FuzzedKernel.start(VICTIM);
  const { inputs, connections, answers } = await controlStorm(kernel, random, INPUTS);
  tell(`${inputs} requests on ${connections} connections, ${answers} bytes answered`);
  tell(`asked for the host's end ${kernel.stops} times; memory ${kernel.memory}`);
  assert.ok(kernel.stops > 0, "no well-formed request came through");
  await kernel.assertUnharmed();
});
