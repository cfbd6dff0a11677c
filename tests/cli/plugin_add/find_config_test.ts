import assert from "node:assert/strict";
import { findConfig } from "../../../kernel/cli/plugin_add/find_config.ts";
import { withHome } from "../scripted_host.ts";

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
}

Deno.test("findConfig takes the highest version beside a file, and nothing of another name", () =>
  withHome(async (folder) => {
    await write(folder, {
      "guest.ts": "",
      "guests.yml": "no",
      "guest-v1.9.yml": "no",
      "guest-v1.10.yml": "yes",
      "guest.yml": "no",
    });
    const found = await findConfig(`${folder}/guest.ts`, "file");
    assert.ok(found.ok);
    assert.deepEqual(found.value, { path: `${folder}/guest-v1.10.yml`, text: "yes" });
  }));

Deno.test("findConfig looks in a folder first, then beside it", () =>
  withHome(async (folder) => {
    await write(folder, { "guest/mod.ts": "", "guest.yaml": "beside" });
    const beside = await findConfig(`${folder}/guest`, "folder");
    assert.ok(beside.ok && beside.value?.text === "beside");
    await write(folder, { "guest/guest.yml": "inside" });
    const inside = await findConfig(`${folder}/guest`, "folder");
    assert.ok(inside.ok && inside.value?.text === "inside");
  }));

Deno.test("findConfig gives nothing where there is none", () =>
  withHome(async (folder) => {
    await write(folder, { "guest.ts": "" });
    const found = await findConfig(`${folder}/guest.ts`, "file");
    assert.ok(found.ok && found.value === undefined);
  }));

Deno.test("findConfig follows no link: it could lead to any file that its reader may read", () =>
  withHome(async (folder) => {
    await write(folder, { "guest.ts": "", "secret/key.yml": "token: 1" });
    await Deno.symlink(`${folder}/secret/key.yml`, `${folder}/guest.yml`);
    const found = await findConfig(`${folder}/guest.ts`, "file");
    assert.ok(!found.ok);
    assert.match(found.fault.message, /guest\.yml is a link$/);
  }));

Deno.test("findConfig refuses two of the same version", () =>
  withHome(async (folder) => {
    await write(folder, { "guest.ts": "", "guest.yml": "a: 1", "guest.yaml": "a: 2" });
    const found = await findConfig(`${folder}/guest.ts`, "file");
    assert.ok(!found.ok);
    assert.match(found.fault.message, /the same version in guest\.ya?ml/);
  }));
