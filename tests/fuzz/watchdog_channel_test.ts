/**
 * The channel between watchdog and kernel, both ways and both with real processes: a pipe's chunks and its pace are part of what is tried. The kernel has a
 * test as its watchdog; the watchdog has a kernel that writes what a test gave it.
 */
import assert from "node:assert/strict";
import { startScriptedHost } from "../watchdog/scripted_host.ts";
import { anyLines } from "./channel_lines.ts";
import { fuzzTest } from "./fuzz_test_of.ts";
import { FuzzedKernel } from "./fuzzed_kernel.ts";
import { MemoryGauge } from "./memory_gauge.ts";
import { joinAll } from "./random.ts";
import { INPUTS } from "./settings.ts";

fuzzTest(
  "a kernel whose watchdog writes anything passes over what is no message, and serves on",
  async (random, tell) => {
    await using kernel = await FuzzedKernel.start({});
    const portion = Math.ceil(INPUTS / 30);
    for (let lines = 0; lines < INPUTS && !kernel.ended; lines += portion) {
      const bytes = joinAll(anyLines(random, portion, "watchdog"));
      for (let at = 0; at < bytes.length;) {
        const size = random.once(3) ? 1 + random.below(100) : 65_536;
        await kernel.say(bytes.subarray(at, at += size));
      }
      kernel.memory.sample();
    }
    tell(`${INPUTS} lines; memory ${kernel.memory}`);
    await kernel.assertUnharmed();
  },
);

fuzzTest("a watchdog whose kernel writes anything starts nothing, ends nothing and obeys on", async (random, tell) => {
  // A script has its bounds: several hosts.
  const hosts = Math.ceil(INPUTS / 50_000);
  for (let n = 0; n < hosts; n++) {
    const bytes = joinAll(anyLines(random, Math.ceil(INPUTS / hosts), "kernel")).toBase64();
    const ready = { send: { t: "ready", modules: 3 } };
    await using host = await startScriptedHost({ "1": [ready, { bytes }, { stderr: "all is written" }], quiet: [] });
    await host.ready();
    const memory = new MemoryGauge(host.process.pid);
    await host.line("all is written");
    memory.sample();
    const limits = { memory_mb: 128, heap_mb: 96 };
    await host.act({ send: { t: "start_cell", cell: "teller~1", folders: [], net: [], limits } });
    const told = await host.got(1, "log");
    assert.equal(told["cell"], "teller~1", "it starts what is ordered, and started nothing else");
    assert.equal(host.stderr.some((line) => line.startsWith("K 2 ")), false, "the kernel was started again");
    const strange = host.stderr.filter((line) => line.includes("wrote what is no message")).length;
    assert.equal(strange, 20, "lines that are no messages are told up to a bound");
    assert.ok(!host.stderr.some((line) => /Uncaught|KernelBug/.test(line)));
    if (Deno.build.os === "linux") assert.ok(memory.samples[0]! < 300, `it holds ${memory} MB`);
    tell(`${INPUTS / hosts} lines; memory ${memory}`);
  }
});
