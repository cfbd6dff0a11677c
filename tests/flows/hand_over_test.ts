/** Kernels that follow one another while 1,000 calls a second go through them: none is lost or done twice, no cell is restarted. */
import assert from "node:assert/strict";
import { BROKEN_KERNELS, type BrokenKernel, NEVER_LEAD } from "./kernels/broken.ts";
import { RunningHost, until } from "./running_host.ts";
import { assertNothingLost, drive, FILES } from "./steady_calls.ts";

const KERNELS = Object.fromEntries(
  ["counts", "renames"].map((name) => [
    `kernel/${name}.ts`,
    Deno.readTextFileSync(new URL(`./kernels/${name}.ts`, import.meta.url)),
  ]),
);
const BROKEN = Object.fromEntries(Object.entries(BROKEN_KERNELS).map(([name, text]) => [`kernel/${name}.ts`, text]));

async function swapped(host: RunningHost, config: string): Promise<void> {
  let found = "";
  await until(async () => (found = (await host.status()).kernel.config) === config, 15_000, () => {
    return `${config} does not lead but ${found}:\n${host.stderr.split("\n").slice(-40).join("\n")}`;
  });
}

async function failures(host: RunningHost): Promise<string[]> {
  return (await host.events()).filter(({ kind }) => kind === "kernel.swap_failed").map(({ message }) => message ?? "");
}

/** Pid and start of each module: the same before and after. */
async function residents(host: RunningHost): Promise<string[]> {
  return (await host.status()).modules.map(({ api, pid, restarts, state }) => `${api} ${pid} ${restarts} ${state}`);
}

Deno.test("twenty kernels follow one another under 1,000 calls a second, with every broken one in between: nothing lost, doubled, failed or restarted", async () => {
  await using host = await RunningHost.start({
    ...{ ...FILES, ...KERNELS, ...BROKEN, ...drive(50, 1_000) },
    "configs/meta.yml": "prog: counts\n",
  });
  const before = await residents(host);
  const broken = [...NEVER_LEAD];
  for (let round = 1; round <= 10; round++) {
    await host.write({ "configs/meta-v1.yml": "prog: renames\n" });
    await swapped(host, "meta-v1.yml");
    const name = broken.shift();
    if (name !== undefined) {
      await host.write({ "configs/meta-v1.10.yml": `prog: ${name}\n` });
      await until(async () => (await failures(host)).length === round, 20_000, () => `${name} did not fail`);
      await Deno.remove(`${host.home}/configs/meta-v1.10.yml`);
    }
    await Deno.remove(`${host.home}/configs/meta-v1.yml`);
    await swapped(host, "meta.yml");
  }
  const driven = await assertNothingLost(host, 120_000);
  const events = await host.events();
  const swaps = events.filter(({ kind }) => kind === "kernel.swapped").length;
  assert.equal(swaps, 20);
  assert.deepEqual(
    (await residents(host)).filter((one) => !one.startsWith("driver")),
    before.filter((one) => !one.startsWith("driver")),
  );
  assert.equal(events.filter(({ kind, api }) => kind === "module.ready" && api === "worker").length, 1);
  assert.match(host.stderr, /counted 21 kernels/);
  const why = (await failures(host)).map((message) => message.replace(/^.*serves on: /, "").split("\n")[0]);
  assert.deepEqual(why, [
    "SyntaxError: Unexpected eof",
    "kernel/no_class.ts exports no class named Kernel",
    "no such luck",
    "what is this state",
    "Cannot take over the former kernel's state: it has 'spare', which this kernel does not know",
    "no boot",
    "its process ended (code 0)",
    "it did not import the state within 5000 ms",
    "it did not import the state within 5000 ms",
  ]);
  console.log(
    `  ${driven.sent} calls, ${swaps} kernels, p50 ${driven.p50} ms, p99 ${driven.p99} ms, worst ${driven.worst} ms`,
  );
});

for (const name of ["dies_soon", "leaks"] satisfies BrokenKernel[]) {
  Deno.test(`a kernel that leads and then ${name.replace("_", " ")} is followed by the version before it: nothing lost or doubled`, async () => {
    await using host = await RunningHost.start({ ...FILES, ...BROKEN, ...drive(9) });
    const before = await residents(host);
    await host.write({ "configs/meta-v2.yml": `prog: ${name}\nkernel_memory_mb: 300\n` });
    await until(() => host.stderr.includes("meta-v2.yml is passed over"), 20_000, () => host.stderr);
    await swapped(host, "meta.yml");
    await assertNothingLost(host);
    const after = await residents(host);
    assert.deepEqual(
      after.filter((one) => !one.startsWith("driver")),
      before.filter((one) => !one.startsWith("driver")),
    );
  });
}
