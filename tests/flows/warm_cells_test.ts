/** Cells that were there before their module: in a process of their own, and in a real host. */
import assert from "node:assert/strict";
import type { CallKey } from "../../kernel/contract/names.ts";
import { args, CellUnderTest, I1, I2, loadOrder, type ScriptedLink, value } from "../guest/shell/scripted_kernel.ts";
import { RunningHost, until } from "./running_host.ts";

const MODULE = `import { tool } from 'meta-machine';
import { createHash } from 'node:crypto';
class Module {
  constructor(kernel, config) { this.kernel = kernel; this.config = config; }
  look() { return [this.config.get("x"), createHash("sha256").update("a").digest("hex").slice(0, 4), typeof Deno, typeof eval]; }
  run() { console.log("ran"); }
  getAspect(name) { return name === "default" ? this : { add: tool({ description: "Adds.", run: () => 1 }) }; }
}
export { Module };
`;

let calls = 0;
async function look(link: ScriptedLink, to: typeof I1): Promise<unknown> {
  const id = ++calls;
  link.send({
    ...{ t: "call", id, key: `a~1!x#${id}` as CallKey, to, aspect: "default", name: "look", kind: "call" },
    ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 5_000, depth: 1 },
  }, args());
  return value((await link.next("reply", (reply) => reply.id === id)).payload);
}

Deno.test("a warm cell loads a module into the Worker it made ahead, as sealed as any, and the next one into another", async () => {
  await using cell = new CellUnderTest({ name: "@warm~1", memory_mb: 300 });
  const { link, report } = await cell.kernel.attached();
  assert.deepEqual(report, { instances: [], holds: [] });
  await new Promise((resolve) => setTimeout(resolve, 500));
  // What is refused takes nothing with it.
  const refused = "1.9" as typeof I1;
  link.send(
    { t: "load", id: 1, instance: refused },
    loadOrder("import 'node:fs';\nclass Module {}\nexport { Module };\n"),
  );
  assert.equal((await link.next("failed")).message.phase, "load");
  for (const [instance, x] of [[I1, 1], [I2, 2]] as const) {
    link.send(
      { t: "load", id: 1 + x, instance },
      loadOrder(MODULE, { builtins: ["node:crypto"], own: { x } }),
    );
    const loaded = JSON.parse((await link.next("loaded")).payload as string);
    assert.deepEqual([loaded.tools.map(({ entry }: { entry: string }) => entry), loaded.run], [["add"], true]);
    assert.deepEqual(await look(link, instance), [x, "ca97", "undefined", "undefined"]);
    link.send({ t: "run", instance });
    await link.next("ended");
  }
  link.send({ t: "bye" });
  assert.equal((await cell.status()).code, 0);
  assert.deepEqual(cell.out.map((line) => JSON.parse(line).text), ["ran", "ran"]);
});

Deno.test("a host with warm cells gives them to modules; whose they are outlives the kernel", async () => {
  await using host = await RunningHost.start({
    "configs/meta.yml": "prog: kernel\nwarm_cells: 2\n",
    "plugins/a.js": `export class Module { n = 0; add() { console.log("counted", ++this.n); return this.n; } }`,
    "configs/a.yml": "",
  });
  const warm = () => cellsOf(host).filter((id) => id.startsWith("@warm~"));
  await until(() => warm().length === 2, 10_000, () => "no cells were made ahead");
  await host.json("reload", "a");
  const before = (await host.module("a"))!;
  assert.match(before.cell!, /^@warm~\d+$/);
  await until(() => warm().length === 3, 10_000, () => "none took its place");
  assert.equal(await host.call("a", "add"), 1);

  const { kernel } = await host.status();
  Deno.kill(kernel.pid, "SIGKILL");
  await until(async () => (await host.cli("status")).code === 0, 10_000, () => "no kernel came back");
  const after = (await host.module("a"))!;
  assert.deepEqual([after.pid, after.cell, after.restarts], [before.pid, before.cell, 0]);
  assert.equal(await host.call("a", "add"), 2);
  assert.equal(warm().length, 3);
  const counted = (await host.json<{ api: string; message: string }[]>("logs", "a")).filter(({ message }) =>
    message.startsWith("counted")
  );
  assert.deepEqual(counted.map(({ message }) => message), ["counted 1", "counted 2"]);

  Deno.kill(after.pid!, "SIGKILL");
  await until(async () => (await host.module("a"))?.state === "running", 10_000, () => "it did not come back");
  const again = (await host.module("a"))!;
  assert.notEqual(again.cell, before.cell);
  assert.match(again.cell!, /^@warm~\d+$/);
  assert.equal(await host.call("a", "add"), 1);
});

/** Ids of the cells that run for this home, by their arguments. */
function cellsOf(host: RunningHost): string[] {
  const found: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const line = Deno.readTextFileSync(`/proc/${name}/cmdline`);
      if (!line.includes(host.home)) continue;
      const id = /"cell":"([^"]+)"/.exec(line)?.[1];
      if (id !== undefined) found.push(id);
    } catch {
      // it has just ended
    }
  }
  return found;
}
