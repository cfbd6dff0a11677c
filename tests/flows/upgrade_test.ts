/** A running host whose program was replaced on disk goes over to the new build; its modules run on. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const PROGRAM = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
/** All that a running program reads of itself. */
const PARTS = ["kernel", "libs", "plugins", "configs", "prompts", "main.ts", "deno.json", "deno.lock"];

async function copyTree(from: string, to: string): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copyTree(`${from}/${name}`, `${to}/${name}`);
}

/** A program of its own, which may be replaced; its packages are the ones that are there. */
async function programCopy(): Promise<string> {
  const copy = await Deno.makeTempDir({ prefix: "p" });
  for (const part of PARTS) await copyTree(`${PROGRAM}/${part}`, `${copy}/${part}`);
  await Deno.symlink(`${PROGRAM}/node_modules`, `${copy}/node_modules`);
  return copy;
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await Deno.readTextFile(file);
  assert.ok(text.includes(from), `${file} has no ${from}`);
  await Deno.writeTextFile(file, text.replace(from, to));
}

Deno.test("upgrade takes the program as it stands on disk: its version, its code, and no module is started again", async () => {
  const program = await programCopy();
  const home = await Deno.makeTempDir({ prefix: "h" });
  await Deno.mkdir(`${home}/configs`);
  await Deno.mkdir(`${home}/plugins`);
  await Deno.writeTextFile(`${home}/configs/meta.yml`, "prog: kernel\n");
  await Deno.writeTextFile(`${home}/configs/counts.yml`, "");
  await Deno.writeTextFile(`${home}/plugins/counts.js`, "export class Module { n = 0; add() { return ++this.n; } }");
  try {
    await using host = await RunningHost.startIn(home, { program });
    assert.equal(await host.call("counts", "add"), 1);
    const before = (await host.module("counts"))!;
    await edit(`${program}/deno.json`, '"version": "0.1.0"', '"version": "0.2.0"');
    await edit(`${program}/kernel/kernel.ts`, "and finishes its calls`", "and finishes its last calls`");
    const { from, to } = await host.json<{ from: { version: string }; to: { version: string } }>("upgrade");
    assert.deepEqual([from.version, to.version], ["0.1.0", "0.2.0"]);
    assert.equal(await host.call("counts", "add"), 2);
    const after = (await host.module("counts"))!;
    assert.deepEqual([after.pid, after.restarts], [before.pid, 0]);
    // The former kernel was of the old code, its successor is of the new one.
    assert.match(host.stderr, /kernel 1 handed over and finishes its calls/);
    await host.json("upgrade");
    await until(() => /kernel 2 handed over and finishes its last calls/.test(host.stderr), 5_000, () => host.stderr);
    // A build that does not load costs nothing, and one of another protocol says what to do.
    await edit(`${program}/kernel/kernel_parts.ts`, "export function kernelParts", "export function kernelPart");
    assert.equal((await host.fault("upgrade")).code, "load_failed");
    await edit(`${program}/kernel/kernel_parts.ts`, "export function kernelPart", "export function kernelParts");
    const { PROTOCOL } = await import("../../kernel/contract/channel.ts");
    await edit(`${program}/kernel/contract/channel.ts`, `PROTOCOL = ${PROTOCOL}`, `PROTOCOL = ${PROTOCOL + 1}`);
    const { message } = await host.fault("upgrade");
    assert.ok(message.includes(`speaks protocol ${PROTOCOL + 1}, this host ${PROTOCOL}: stop it and start it again`));
    assert.equal(await host.call("counts", "add"), 3);
    assert.equal((await host.status()).kernel.config, "meta.yml");
  } finally {
    await Deno.remove(program, { recursive: true });
  }
});
