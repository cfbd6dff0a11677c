import assert from "node:assert/strict";
import { checkGrants } from "../../kernel/cli/check_grants.ts";
import { PROGRAM, withHome } from "./scripted_host.ts";

async function look(home: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
  return await checkGrants({ home: await Deno.realPath(home), program: PROGRAM });
}

Deno.test("checkGrants is content where nobody waits, and names those who do", () =>
  withHome(async (home) => {
    const fine = await look(home, { "plugins/a.js": "export class Module {}", "configs/a.yml": "" });
    assert.deepEqual(fine, { name: "grants", state: "ok", found: "nothing waits for your word" });
    const waits = await look(home, {
      "plugins/b.js": "export class Module {}",
      "configs/b.yml": "",
      "configs/plugins.lock": `b: {origin: added x, hash: ${"f".repeat(64)}}`,
    });
    assert.ok(waits.state === "warn" && waits.found.endsWith("until you allow it: b"));
    assert.match(waits.mend, /^'grants diff b' shows the difference/);
  }));

Deno.test("checkGrants fails for a lock that cannot be read, by file and line, also for a link that leads nowhere", () =>
  withHome(async (home) => {
    const broken = await look(home, { "configs/plugins.lock": "a: {origin: local}\nb: {origin: mine}" });
    assert.ok(broken.state === "fail" && broken.found.startsWith("configs/plugins.lock:2: b.origin: found"));
    await Deno.remove(`${home}/configs/plugins.lock`);
    await Deno.symlink(`${home}/gone`, `${home}/configs/plugins.lock`);
    assert.equal((await look(home, {})).state, "fail");
  }));
