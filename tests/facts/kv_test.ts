/** What the living image will lean on in Deno KV. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

Deno.test("a KV file opens with read and write of its folder, in a second process too, which sees what was committed", () =>
  withFolder(async (folder) => {
    const flags = ["--unstable-kv", `--allow-read=${folder}`, `--allow-write=${folder}`];
    const path = JSON.stringify(`${folder}/image.kv`);
    const first = `const kv = await Deno.openKv(${path}); await kv.set(["a"], 1); console.log("set");`;
    // Killed with the file open: nothing is closed in order.
    const killed = await runSnippet({ flags, code: `${first} Deno.kill(Deno.pid, "SIGKILL");`, folder });
    assert.deepEqual(killed.lines, ["set"]);
    const second =
      `const kv = await Deno.openKv(${path}); await tell("value", async () => (await kv.get(["a"])).value); kv.close();`;
    assert.deepEqual((await runSnippet({ flags, code: second, folder })).lines, ["value: 1"]);
    const denied = await runSnippet({
      flags: ["--unstable-kv"],
      code: `await tell("open", async () => { await Deno.openKv(${path}); return "opened"; });`,
      folder,
    });
    assert.deepEqual(denied.lines, ["open: NotCapable"]);
  }));

Deno.test("two processes may have one KV file open: nothing but our own lock keeps a second owner out", () =>
  withFolder(async (folder) => {
    const path = `${folder}/image.kv`;
    using kv = await Deno.openKv(path);
    await kv.set(["a"], 1);
    const code = `const kv = await Deno.openKv(${
      JSON.stringify(path)
    }); await kv.set(["a"], 2); kv.close(); console.log("set");`;
    assert.deepEqual((await runSnippet({ flags: ["--unstable-kv", "-A"], code, folder })).lines, ["set"]);
    assert.equal((await kv.get(["a"])).value, 2);
  }));
