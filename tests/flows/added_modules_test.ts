/** A stranger's plugin gets what the operator allowed, and nothing more: not by a new version, not by a new config, not over a restart. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const plugin = (version: number) => `export class Module { version() { return ${version}; } }`;

/** A folder of somebody else's, removed with the test. */
class Elsewhere implements AsyncDisposable {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }
  static async with(files: Readonly<Record<string, string>>): Promise<Elsewhere> {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "s" }));
    const elsewhere = new Elsewhere(folder);
    await elsewhere.write(files);
    return elsewhere;
  }
  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(`${this.folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${this.folder}/${path}`, text);
    }
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

async function add(host: RunningHost, path: string, ...more: string[]): Promise<void> {
  const { code, err } = await host.cli("plugin", "add", path, ...more);
  assert.equal(code, 0, err);
}

async function answers(host: RunningHost, version: number): Promise<void> {
  let found: unknown;
  const asks = async () => {
    const { code, out } = await host.cli("call", "guest", "version", "--json");
    found = code === 0 ? JSON.parse(out) : out;
    return found === version;
  };
  await until(asks, 10_000, () => `it answers ${found}, not ${version}`);
}

async function pendings(host: RunningHost): Promise<number> {
  return (await host.events()).filter(({ kind, api }) => kind === "grant.pending" && api === "guest").length;
}

Deno.test("an added plugin waits for the operator's word; a new source waits too, while the former one runs on, also after a crash and a restart", async () => {
  await using elsewhere = await Elsewhere.with({
    "guest.ts": plugin(1),
    "guest.yml": "grants: {services: [notes]}",
  });
  let host = await RunningHost.start({ "plugins/notes.js": plugin(0), "configs/notes.yml": "" });
  const { home } = host;
  try {
    await add(host, `${elsewhere.folder}/guest.ts`);
    await until(async () => await pendings(host) === 1, 10_000, () => "nothing waits");
    assert.equal((await host.fault("call", "guest", "version")).code, "service_down");
    assert.equal((await host.cli("grants", "allow", "guest")).code, 0);
    await answers(host, 1);

    await elsewhere.write({ "guest.ts": plugin(2) });
    await add(host, `${elsewhere.folder}/guest.ts`);
    await until(async () => await pendings(host) === 2, 10_000, () => "the new source does not wait");
    await answers(host, 1);
    assert.match((await host.module("guest"))?.reason ?? "", /source of 'guest': found [0-9a-f]{64}, allowed: /);
    Deno.kill((await host.status()).kernel.pid, "SIGKILL");
    await answers(host, 1);
    assert.equal((await host.cli("upgrade")).code, 0);
    await answers(host, 1);
    await host.stop();
    host = await RunningHost.startIn(home);
    await answers(host, 1);
    assert.equal((await host.module("guest"))?.state, "running");

    const { source, allow_hash } = await host.json<{ source: { files: unknown[] }; allow_hash: string }>(
      ...["grants", "diff", "guest"],
    );
    assert.deepEqual(source.files, [{ path: "guest.ts", change: "changed", lines: 1 }]);
    const other = await host.fault("grants", "allow", "guest", "--hash", "01234567");
    assert.equal(other.code, "conflict");
    await answers(host, 1);
    // What was looked at is source and config: a config that has come since is not allowed with it.
    await host.write({ "configs/guest-v9.9.yml": "grants: {services: [notes, database]}" });
    assert.equal((await host.fault("grants", "allow", "guest", "--hash", allow_hash.slice(0, 12))).code, "conflict");
    await Deno.remove(`${home}/configs/guest-v9.9.yml`);
    assert.equal((await host.cli("grants", "allow", "guest", "--hash", allow_hash.slice(0, 12))).code, 0);
    await answers(host, 2);
  } finally {
    await host[Symbol.asyncDispose]();
  }
});

Deno.test("plugin add takes in nothing that is there already, does not load, speaks of another module, or leads out of its folder", async () => {
  await using elsewhere = await Elsewhere.with({
    "guest.ts": plugin(1),
    "broken.ts": "export class Module {",
    "other.ts": plugin(1),
    "other.yml": "api: database",
    "spy/mod.ts": plugin(1),
    "climber.ts": plugin(1),
    "climber.yml": "prog: ../../etc/passwd",
    "bomb.ts": plugin(1),
    "bomb.yml": `a: &a [1]\nb: [${"*a,".repeat(200)}]`,
  });
  await Deno.symlink("/etc/passwd", `${elsewhere.folder}/spy/data.txt`);
  await using host = await RunningHost.start({ "plugins/guest.js": plugin(0), "configs/guest.yml": "" });
  const refusal = async (name: string) => (await host.fault("plugin", "add", `${elsewhere.folder}/${name}`)).code;
  assert.equal(await refusal("guest.ts"), "conflict");
  assert.equal(await refusal("broken.ts"), "load_failed");
  assert.equal(await refusal("other.ts"), "config_invalid");
  assert.equal(await refusal("climber.ts"), "config_invalid");
  assert.equal(await refusal("bomb.ts"), "config_invalid");
  assert.equal(await refusal("spy"), "load_failed");
  assert.equal(await refusal("nothing.ts"), "not_found");
  assert.equal(await host.call("guest", "version"), 0);
  assert.equal(await Deno.stat(`${host.home}/configs/plugins.lock`).then(() => true, () => false), false);
  await add(host, `${elsewhere.folder}/guest.ts`, "--as", "visitor");
  const { origin, pending } = await host.json<{ origin: string; pending: boolean }>("grants", "show", "visitor");
  assert.deepEqual({ origin, pending }, { origin: `added ${elsewhere.folder}/guest.ts`, pending: false });
  await until(async () => (await host.module("visitor"))?.state === "running", 10_000, () => "it does not start");
});

Deno.test("a local module gets builtins, folders and listen once the operator allows them, and its lock keeps its comments", async () => {
  await using host = await RunningHost.start({
    "plugins/hands.js":
      `import { read } from "files"; export class Module { read() { return read("shared/note.txt").then((b) => new TextDecoder().decode(b)); } }`,
    "configs/hands.yml": "grants: {builtins: [files], folders: [{path: shared, mode: r}]}",
    "shared/note.txt": "a note",
    "configs/plugins.lock": "# mine\nother: {origin: local} # stays\n",
  });
  assert.equal((await host.module("hands"))?.state, "failed");
  const { code } = await host.cli("grants", "allow", "hands");
  assert.equal(code, 0);
  await until(async () => (await host.module("hands"))?.state === "running", 10_000, () => "it does not start");
  const lock = await Deno.readTextFile(`${host.home}/configs/plugins.lock`);
  assert.match(lock, /^# mine\nother: .* # stays\nhands:\n {2}origin: local\n/);
});
