import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Module } from "../../../../plugins/services/database/mod.ts";
import { config, realFiles, scriptedKernel, withHome } from "../../scripted_kernel.ts";

const SCRIPT = fileURLToPath(new URL("./insert_forever.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../../../deno.json", import.meta.url));

/** Starts the process, kills it in the midst of its work, and gives the last step it said was in. */
async function insertAndKill(home: string): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--cached-only", "--quiet", "-c", CONFIG, SCRIPT, home],
    stdout: "piped",
  }).spawn();
  let said = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (said.split("\n").length > 30) child.kill("SIGKILL");
  }
  await child.status;
  // The last line may have been cut off by the end.
  return Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
}

Deno.test("database loses no acknowledged row and doubles none when its process is killed, again and again", () =>
  withHome(async (home) => {
    let acknowledged = 0;
    for (let round = 0; round < 3; round++) {
      const last = await insertAndKill(home);
      assert.ok(last > acknowledged);
      acknowledged = last;
    }
    const { kernel, as } = scriptedKernel();
    const module = new Module(kernel, config(), realFiles(home, "runtime/files/database"));
    const [row] = await as("trainer", () => module.query("select count(*) n, max(step) last from log"));
    await module.shutdown();
    assert.ok(Number(row?.["n"]) >= acknowledged);
    assert.equal(row?.["n"], row?.["last"]);
  }));
