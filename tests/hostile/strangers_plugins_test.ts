import assert from "node:assert/strict";
import { RunningHost } from "../flows/running_host.ts";
import { underAttack, until } from "./neighbour.ts";

const EVIL = `export class Module { version() { return "evil"; } }\n`;

/** Plugins as strangers hand them out, and what `plugin add` says to each. Names are paths in a folder of theirs. */
const REFUSED: Readonly<
  Record<string, { readonly files: Readonly<Record<string, string>>; readonly add: string; readonly says: RegExp }>
> = {
  "the kernel's config": {
    files: { "meta.ts": EVIL },
    add: "meta.ts",
    says: /configs\/meta\.yml means something else/,
  },
  "a newer config of the kernel": {
    files: { "meta-v9.ts": EVIL, "meta-v9.yml": "api: meta-v9\nprog: meta-v9" },
    add: "meta-v9.ts",
    says: /configs\/meta-v9\.yml means something else/,
  },
  "who may act": { files: { "Principals.ts": EVIL }, add: "Principals.ts", says: /means something else/ },
  "a version of somebody's config": {
    files: { "neighbour-v9.ts": EVIL, "neighbour-v9.yml": "api: neighbour-v9\nprog: neighbour-v9" },
    add: "neighbour-v9.ts",
    says: /configs\/neighbour-v9\.yml means something else/,
  },
  "the place of a shipped source": {
    files: { "services/mod.ts": EVIL, "services/database.ts": EVIL },
    add: "services",
    says: /plugins\/services would take the place of 'services\/database'/,
  },
  "the name of a service": { files: { "store.ts": EVIL }, add: "store.ts", says: /configs\/storage\.yml/ },
  "the name of a shipped service that is not here": {
    files: { "http.ts": EVIL },
    add: "http.ts",
    says: /'http' is the name of 'services\/http', which is part of the program/,
  },
  "the source of somebody's module": { files: { "later.ts": EVIL }, add: "later.ts", says: /configs\/waits\.yml/ },
  "the folder of somebody's sources": { files: { "deep/mod.ts": EVIL }, add: "deep", says: /configs\/deeper\.yml/ },
  "a source that leads out": {
    files: { "spy/mod.ts": EVIL },
    add: "spy",
    says: /leads to .*, out of the module's folder/,
  },
  "a config that leads out": { files: { "thief.ts": EVIL }, add: "thief.ts", says: /thief\.yml is a link/ },
  "a folder to write its own grants in": {
    files: { "writer.ts": EVIL, "writer.yml": "grants: {folders: [{path: configs, mode: rw}]}" },
    add: "writer.ts",
    says: /asks to write in 'configs', which nobody can allow/,
  },
  "the whole home": {
    files: { "owner.ts": EVIL, "owner.yml": "grants: {folders: [{path: ., mode: rw}]}" },
    add: "owner.ts",
    says: /asks to write in '\.', which nobody can allow/,
  },
  "what is not TypeScript": { files: { "data.json": "{}" }, add: "data.json", says: /data\.json/ },
};

Deno.test("a stranger's plugin takes nobody's name, source, config or secrets, and what is refused leaves no trace", async () => {
  const theirs = await Deno.realPath(await Deno.makeTempDir({ prefix: "s" }));
  for (const { files } of Object.values(REFUSED)) {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(`${theirs}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${theirs}/${path}`, text);
    }
  }
  const home = {
    "plugins/own.js": `export class Module { version() { return "own"; } }\n`,
    "configs/storage.yml": "api: store\nprog: own\n",
    "configs/waits.yml": "prog: later\n",
    "configs/deeper.yml": "prog: deep/inside\n",
    "secrets/key.yml": "token: 12345\n",
  };
  await underAttack(home, async (attacked) => {
    await Deno.symlink(`${attacked.home}/secrets/key.yml`, `${theirs}/spy/data.yml`);
    await Deno.symlink(`${attacked.home}/secrets/key.yml`, `${theirs}/thief.yml`);
    const before = await filesOf(attacked.home);
    for (const [what, { add, says }] of Object.entries(REFUSED)) {
      const { message } = await attacked.host.fault("plugin", "add", `${theirs}/${add}`, "--allow");
      assert.match(message, says, what);
      assert.deepEqual(await filesOf(attacked.home), before, what);
    }
    assert.equal(await attacked.call("store", "version"), "own");
  });
  await Deno.remove(theirs, { recursive: true });
});

Deno.test("a line that a removed module left in the lock lets no stranger in under its name, and an update says what it replaces and switches nothing on", async () => {
  const theirs = await Deno.realPath(await Deno.makeTempDir({ prefix: "s" }));
  const write = async (word: string, config?: string) => {
    await Deno.writeTextFile(`${theirs}/guest.ts`, `export class Module { version() { return "${word}"; } }\n`);
    if (config !== undefined) await Deno.writeTextFile(`${theirs}/guest.yml`, config);
  };
  await write("one", "grants: {services: [neighbour], builtins: ['node:util']}\n");
  const stale = "guest: {origin: local, grants: {builtins: ['node:util']}}\n";
  await underAttack({ "configs/plugins.lock": stale }, async (attacked) => {
    const add = (...more: string[]) =>
      attacked.host.json<{ update: boolean; runs: boolean; replaced: string[]; removed: string[] }>(
        ...["plugin", "add", `${theirs}/guest.ts`, ...more],
      );
    const first = await add();
    assert.deepEqual([first.update, first.runs], [false, false]);
    await until(
      async () => (await attacked.events("guest")).some(({ kind }) => kind === "grant.pending"),
      15_000,
      () => "nobody is told that it waits",
    );
    assert.equal((await attacked.module("guest")).state, "failed");
    assert.equal((await attacked.host.cli("grants", "allow", "guest")).code, 0);
    await attacked.reaches("guest", ["running"]);

    // A config of the operator's own stays when the update brings none, and is named when it brings another.
    await Deno.remove(`${theirs}/guest.yml`);
    await attacked.write({ "configs/guest.yml": "grants: {services: [neighbour]}\nmine: true\n" });
    await write("two");
    const second = await add("--allow");
    assert.deepEqual([second.update, second.replaced], [true, ["plugins/guest.ts"]]);
    await until(async () => await attacked.call("guest", "version") === "two", 15_000, () => "it is not replaced");
    assert.match(await Deno.readTextFile(`${attacked.home}/configs/guest.yml`), /mine: true/);
    await write("three", "");
    assert.deepEqual((await add("--allow")).replaced, ["plugins/guest.ts", "configs/guest.yml"]);

    assert.equal((await attacked.host.cli("disable", "guest")).code, 0);
    const refused = await attacked.host.fault("plugin", "add", `${theirs}/guest.ts`, "--allow");
    assert.match(refused.message, /^'guest' is disabled: configs\/\.guest\.yml$/);
  });
  await Deno.remove(theirs, { recursive: true });
});

Deno.test("plugin add vets just the source that it takes in, with the libraries that its config names, and a home without configs gets the shipped ones", async () => {
  const theirs = await Deno.realPath(await Deno.makeTempDir({ prefix: "s" }));
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "h" }));
  await Deno.writeTextFile(
    `${theirs}/guest.ts`,
    `import { z } from "zod"; export class Module { ask(x: unknown) { return z.number().safeParse(x).success; } }\n`,
  );
  await Deno.writeTextFile(`${theirs}/guest.yml`, "grants: {packages: [zod]}\n");
  await Deno.remove(home);
  try {
    const added = await RunningHost.cliIn(home, "plugin", "add", `${theirs}/guest.ts`, "--allow");
    assert.equal(added.code, 0, added.err);
    assert.equal((await Deno.stat(`${home}/configs/services/database.yml`)).isFile, true);
    const names = await Promise.all([
      RunningHost.cliIn(home, "plugin", "add", `${theirs}/guest.ts`, "--allow", "--as", "left"),
      RunningHost.cliIn(home, "plugin", "add", `${theirs}/guest.ts`, "--allow", "--as", "right"),
    ]);
    assert.deepEqual(names.map(({ code }) => code), [0, 0]);
    const lock = await Deno.readTextFile(`${home}/configs/plugins.lock`);
    assert.deepEqual(lock.match(/^\w+(?=:$)/gm)?.toSorted(), ["guest", "left", "right"], "no line is lost");
  } finally {
    await Deno.remove(home, { recursive: true });
    await Deno.remove(theirs, { recursive: true });
  }
});

/** Paths and texts of what an operator writes. */
async function filesOf(home: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const open = ["configs", "plugins", "kernel"];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = await Array.fromAsync(Deno.readDir(`${home}/${folder}`)).catch(() => []);
    for (const { name, isDirectory } of entries) {
      const path = `${folder}/${name}`;
      if (isDirectory) open.push(path);
      else found[path] = await Deno.readTextFile(`${home}/${path}`);
    }
  }
  return found;
}
