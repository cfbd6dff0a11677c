import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const READ_SHIPPED = (path: string) => Deno.readTextFile(new URL(`../../configs/${path}`, import.meta.url));

/** Asks a service for what is not its own. */
const CLIMBER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async try_all(api, tries) {
    const seen = {};
    for (const [method, ...args] of tries) {
      const key = method + " " + JSON.stringify(args);
      try { seen[key] = { got: await this.kernel.getApi(api)[method](...args) }; }
      catch (error) { seen[key] = { code: error.code, message: error.message }; }
    }
    return seen;
  }
}`;
type Seen = Record<string, { got?: unknown; code?: string; message?: string }>;

Deno.test("through the filesystem service a module reaches its own folder and nothing else", async () => {
  await underAttack({
    "plugins/climber.js": CLIMBER,
    "configs/climber.yml": "grants: {services: [filesystem]}\n",
    "plugins/victim.js": CLIMBER,
    "configs/victim.yml": "grants: {services: [filesystem]}\n",
    "configs/services/filesystem.yml": await READ_SHIPPED("services/filesystem.yml"),
  }, async (attacked) => {
    const { home } = attacked;
    await attacked.reaches("filesystem", ["running"]);
    const victim = await attacked.call<Seen>("victim", "try_all", "filesystem", [["write_file", "secret.txt", "the victim's"]]);
    assert.ok(Object.values(victim).every(({ code }) => code === undefined), JSON.stringify(victim));
    const own = await attacked.call<Seen>("climber", "try_all", "filesystem", [["write_file", "own.txt", "mine"], ["read_file", "own.txt"]]);
    assert.ok(Object.values(own).every(({ code }) => code === undefined), JSON.stringify(own));
    // Links that somebody else has put into its folder.
    const folder = `${home}/runtime/files/climber`;
    await Deno.symlink("../victim", `${folder}/link_folder`);
    await Deno.symlink("../victim/secret.txt", `${folder}/link_file`);
    await Deno.symlink("/etc/passwd", `${folder}/passwd`);
    await Deno.symlink("../../../configs", `${folder}/configs`);
    await Deno.symlink("../../../configs/new.yml", `${folder}/dangling.yml`);
    await Deno.writeTextFile(`${folder}/.hidden`, "dot file");
    const paths = [
      "../victim/secret.txt", "../../../configs/meta.yml", "/etc/passwd", `${home}/configs/meta.yml`, "./../victim/secret.txt", "a/../../victim/secret.txt",
      "link_folder/secret.txt", "link_file", "passwd", "configs/meta.yml", "..\\\\victim\\\\secret.txt", "%2e%2e/victim/secret.txt", "", ".", "..", "\u0000", "own.txt\u0000.png",
      "/proc/self/environ", "~/.bashrc", "file:///etc/passwd", ".hidden", "a".repeat(5_000), "own.txt/../../victim/secret.txt", "runtime/logs/host.jsonl", "//etc/passwd", "\u202e",
    ];
    const tries = paths.flatMap((path) => [["read_file", path], ["stat", path], ["list", path], ["write_file", path, "x"], ["delete", path]]);
    tries.push(["write_file", "dangling.yml", "prog: own"], ["read_file"] , ["read_file", 5 as never], ["read_file", ["own.txt"] as never], ["read_file", { path: "../victim/secret.txt" } as never], ["write_file", "link_folder/new.txt", "x"]);
    for (const name of ["_private", "constructor", "run", "getAspect"]) tries.push([name]);
    const seen = await attacked.call<Seen>("climber", "try_all", "filesystem", tries);
    for (const [what, { got, code, message }] of Object.entries(seen)) {
      if (got !== undefined || code === undefined) console.log("GOT", what, JSON.stringify(got)?.slice(0, 200));
      else console.log(what.slice(0, 80), code, message?.slice(0, 160));
    }
    assert.equal(await Deno.readTextFile(`${home}/runtime/files/victim/secret.txt`), "the victim's");
    assert.deepEqual([...Deno.readDirSync(`${home}/runtime/files/victim`)].map(({ name }) => name), ["secret.txt"]);
    assert.equal(await Deno.readTextFile(`${home}/configs/meta.yml`), "prog: kernel\n");
    await assert.rejects(Deno.stat(`${home}/configs/new.yml`));
    for (const said of Object.values(seen)) assert.doesNotMatch(JSON.stringify(said), /the victim's|root:|prog: kernel|dot file/);
  });
});
