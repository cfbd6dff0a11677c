/** A module asks for a package, the operator approves it, and the module imports it, in a real host; what is changed on the disk afterwards is refused. */
import assert from "node:assert/strict";
import { packagesCommand } from "../cli/packages/a_home.ts";
import { NpmRegistry } from "../cli/packages/npm_registry.ts";
import { RunningHost, until } from "./running_host.ts";

const SERVICE = new URL("../../configs/services/.package_service.yml", import.meta.url);

const WISHER = `
export class Module {
  constructor(kernel) { this.packages = kernel.getApi("package_service"); }
  wish(name, version) { return this.packages.request({ name, version, reason: "names for files" }); }
  list() { return this.packages.list(); }
  async flood(count) {
    const codes = [];
    for (let i = 0; i < count; i++) codes.push(await this.wish("slug", "0.0." + i).then(() => "ok", ({ code }) => code));
    return codes;
  }
}`;

const USER = `
import { slug } from "@words/slug";
export class Module {
  made(text) { return slug(text); }
  reach() { return [typeof Deno, typeof process, typeof globalThis.fetch]; }
}`;

Deno.test("a package that a module asked for runs in it when the operator has approved and granted it, and not when its bundle was changed", async () => {
  await using registry = new NpmRegistry();
  const manifest = { type: "module" };
  await registry.publish({
    ...{ name: "@words/slug", version: "1.0.0", manifest },
    files: { "index.js": 'export const slug = (text) => text.toLowerCase().replaceAll(" ", "-");' },
  });
  await using host = await RunningHost.start({
    "configs/package_service.yml": await Deno.readTextFile(SERVICE),
    "plugins/wisher.js": WISHER,
    "configs/wisher.yml": "grants: {services: [package_service]}\n",
    "plugins/user.js": USER,
    "configs/user.yml": 'grants: {packages: ["@words/slug"]}\n',
  });
  await until(async () => (await host.module("user"))?.state !== "starting", 10_000, () => "it starts for ever");
  const early = await host.fault("call", "user", "made", '"A Title"');
  assert.equal(early.code, "service_down");
  assert.match(JSON.stringify(await host.events()), /the program brings no package '@words\/slug'/);

  const { id, state } = await host.call<{ id: string; state: string }>("wisher", "wish", "@words/slug", "1.0.0");
  assert.equal(state, "waiting");
  const said = await packagesCommand(host.home, registry, ["approve", id]);
  assert.equal(said.code, 0, said.out + said.err);
  assert.equal((await host.call<{ state: string }[]>("wisher", "list"))[0]!.state, "approved");
  assert.equal((await host.cli("reload", "user")).code, 0);
  assert.equal(await host.call("user", "made", "A Title"), "a-title");
  assert.deepEqual(await host.call("user", "reach"), ["undefined", "undefined", "undefined"], "it brings no power");

  const file = `${host.home}/runtime/packages/@words+slug@1.0.0.mjs`;
  const text = await Deno.readTextFile(file);
  for (const changed of [text.replace('"-"', '"_"'), `import "node:fs";\n${text}`, ""]) {
    await Deno.writeTextFile(file, changed);
    const { code, message } = await host.fault("reload", "user");
    assert.equal(code, "load_failed");
    assert.match(
      message,
      /the package '@words\/slug' was changed since it was approved: runtime\/packages\/@words\+slug@1\.0\.0\.mjs/,
    );
    assert.equal(await host.call("user", "made", "A Title"), "a-title", "the former instance serves on");
  }
  await Deno.remove(file);
  assert.match((await host.fault("reload", "user")).message, /'@words\/slug' is approved, but .* is not there/);
  await Deno.writeTextFile(file, text);
  assert.equal((await host.cli("reload", "user")).code, 0);
  const locked = await Deno.readTextFile(`${host.home}/configs/packages.lock`);
  await Deno.writeTextFile(`${host.home}/configs/packages.lock`, locked.replace("sha256: ", "sha256: x"));
  assert.match(
    (await host.fault("reload", "user")).message,
    /configs\/packages\.lock cannot be read: @words\/slug: sha256/,
  );
  await Deno.writeTextFile(`${host.home}/configs/packages.lock`, locked);

  const asked_before = registry.asked.length;
  const codes = await host.call<string[]>("wisher", "flood", 20);
  assert.deepEqual(
    [codes.filter((code) => code === "ok").length, codes.at(-1)],
    [16, "quota"],
    "the approved one made place",
  );
  assert.equal(registry.asked.length, asked_before, "a request fetches nothing");
});
