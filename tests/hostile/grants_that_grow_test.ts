import assert from "node:assert/strict";
import type { GrantsJson } from "../../kernel/cli/grants/render_judged.ts";
import { type HostUnderAttack, underAttack, until } from "./neighbour.ts";

const GUEST =
  `export class Module { constructor(kernel, config) { this.config = config; } version() { return this.config.get("version"); } }\n`;

/** Every way in which a config asks for more: what it may have, and what it asks for then. */
const GROWTH: Readonly<Record<string, readonly [key: string, before: readonly string[], after: readonly string[]]>> = {
  service: ["services", ["a"], ["a", "database"]],
  "services that are still to come": ["services", ["b/c"], ["b/*"]],
  method: ["services", ["{api: d, methods: [read]}"], ["{api: d, methods: [read, write]}"]],
  "every method": ["services", ["{api: e, methods: [read]}"], ["e"]],
  aspect: ["services", ["{api: f, aspects: [default]}"], ["{api: f, aspects: [default, tool]}"]],
  net: ["net", ["'api.example.com:443'"], ["'api.example.com:443'", "'api.example.org:443'"]],
  port: ["net", ["'one.example.com:443'"], ["'one.example.com:444'"]],
  secret: ["secrets", ["A_KEY"], ["A_KEY", "B_KEY"]],
  "secret in the open": ["secrets", ["{env: C_KEY, host: c.example.com, header: X-Key}"], ["C_KEY"]],
  "secret elsewhere": ["secrets", ["{env: D_KEY, host: d.example.com, header: X-Key}"], [
    "{env: D_KEY, host: evil.example.com, header: X-Key}",
  ]],
  image: ["image", ["{root: guest, mode: r}"], ["{root: guest, mode: rw}"]],
  prompt: ["prompts", ["a.txt"], ["a.txt", "b.txt"]],
  log: ["logs", ["diary"], ["diary", "metacognition"]],
  package: ["packages", ["zod"], ["zod", "kysely"]],
  builtin: ["builtins", ["'node:util'"], ["'node:util'", "'node:events'"]],
  listen: ["listen", ["'127.0.0.1:7001'"], ["'127.0.0.1:7001'", "'127.0.0.1:7002'"]],
  "folder to write": ["folders", ["{path: shared/r, mode: r}"], ["{path: shared/r, mode: rw}"]],
  "wider folder": ["folders", ["{path: shared/a, mode: r}"], ["{path: shared, mode: r}"]],
  kernel: ["kernel", ["status"], ["status", "reload"]],
};
const OTHERS: Readonly<Record<string, string>> = {
  limit: "limits: {memory_mb: 129}",
  "time to hang": "limits: {liveness_ms: 5001}",
  restarts: "restart: {max: 6}",
  "restarts in less time": "restart: {window_s: 59}",
  "another's cell": "cell: tools",
  "tools unasked": "approve: never",
};

/** All that it may have, but for one way: there it asks for more. */
function configOf(version: number, growing?: string): string {
  const keys = Map.groupBy(Object.entries(GROWTH), ([, [key]]) => key);
  const grants = [...keys].map(([key, ways]) =>
    `  ${key}: [${ways.flatMap(([name, [, before, after]]) => name === growing ? after : before).join(", ")}]`
  );
  const other = OTHERS[growing ?? ""] ?? "";
  return `version: ${version}\ngrants:\n${grants.join("\n")}\n${growing === "wasm" ? "  wasm: true\n" : ""}${other}\n`;
}

async function waits(attacked: HostUnderAttack, says: RegExp): Promise<void> {
  let reason: string | undefined;
  await until(
    async () => says.test(reason = (await attacked.module("guest")).reason ?? ""),
    15_000,
    () => `guest does not wait for ${says}: ${reason}`,
  );
}

Deno.test("a module that asks for more after an update does not get it, whatever it asks for: the former version runs on until the operator allows the new one", async () => {
  const elsewhere = await Deno.makeTempDir({ prefix: "s" });
  await Deno.writeTextFile(`${elsewhere}/guest.js`, GUEST);
  await Deno.writeTextFile(`${elsewhere}/guest.yml`, configOf(1));
  const others = { "prompts/a.txt": "a", "prompts/b.txt": "b", "shared/a/x.txt": "x", "shared/r/x.txt": "x" };
  await underAttack(others, async (attacked) => {
    const added = await attacked.host.cli("plugin", "add", `${elsewhere}/guest.js`, "--allow");
    assert.equal(added.code, 0, added.err);
    const { pid } = await attacked.reaches("guest", ["running"]);
    assert.equal(await attacked.call("guest", "version"), 1);

    let version = 1;
    for (const growing of [...Object.keys(GROWTH), "wasm", ...Object.keys(OTHERS)]) {
      const before = (await attacked.events("guest")).filter(({ kind }) => kind === "grant.pending").length;
      await attacked.write({ "configs/guest.yml": configOf(++version, growing) });
      await until(
        async () => (await attacked.events("guest")).filter(({ kind }) => kind === "grant.pending").length > before,
        15_000,
        () => `${growing}: nobody is told that it waits`,
      );
      const module = await attacked.module("guest");
      assert.match(module.reason ?? "", /^configs\/guest\.yml:\d+: grants: found more than was allowed/, growing);
      assert.deepEqual([module.state, module.pid, module.restarts], ["running", pid, 0], growing);
      assert.equal(await attacked.call("guest", "version"), 1, growing);
    }
    // What the operator is shown is what he would allow; then it takes the former one's place.
    const diff = await attacked.host.json<GrantsJson>("grants", "diff", "guest");
    assert.deepEqual([diff.pending, diff.beyond], [true, ["approve: never"]]);
    const allowed = await attacked.host.cli("grants", "allow", "guest", "--hash", diff.allow_hash);
    assert.equal(allowed.code, 0, allowed.err);
    await until(async () => await attacked.call("guest", "version") === version, 15_000, () => "it does not take over");
  });
  await Deno.remove(elsewhere, { recursive: true });
});

Deno.test("whatever an update carries, only what was allowed runs", async () => {
  const elsewhere = await Deno.makeTempDir({ prefix: "s" });
  await Deno.mkdir(`${elsewhere}/guest`);
  const source = (word: string) =>
    `export class Module { version() { return "${word}"; } async reach(api) { return await this.kernel.getApi(api).version(); } constructor(kernel) { this.kernel = kernel; } }\n`;
  await Deno.writeTextFile(`${elsewhere}/guest/mod.ts`, source("allowed"));
  await Deno.writeTextFile(`${elsewhere}/guest/guest.yml`, "grants: {services: [neighbour]}\n");
  const local = { "plugins/local.js": source("local"), "configs/local.yml": "", "outside/evil.ts": source("evil") };
  await underAttack(local, async (attacked) => {
    const { home } = attacked;
    const added = await attacked.host.cli("plugin", "add", `${elsewhere}/guest`, "--allow");
    assert.equal(added.code, 0, added.err);
    await attacked.reaches("guest", ["running"]);
    const runsOn = async (says: RegExp) => {
      await waits(attacked, says);
      assert.equal(await attacked.call("guest", "version"), "allowed", `${says}`);
    };
    const good = {
      "plugins/guest/mod.ts": source("allowed"),
      "configs/guest.yml": "grants: {services: [neighbour]}\n",
    };
    const mend = async () => {
      await attacked.write(good);
      await waits(attacked, /^$/);
    };

    await attacked.write({ "configs/guest-v9.9.yml": "grants: {services: [neighbour, database]}\n" });
    await runsOn(/guest-v9\.9\.yml:\d+: grants: found more than was allowed/);
    await Deno.remove(`${home}/configs/guest-v9.9.yml`);
    await mend();

    await attacked.write({ "configs/second.yml": "api: guest\nprog: local\n" });
    await runsOn(/claims too/);
    await Deno.remove(`${home}/configs/second.yml`);
    await mend();

    await attacked.write({ "configs/guest.yml": "prog: local\ngrants: {services: [neighbour]}\n" });
    await runsOn(/source of 'guest': found [0-9a-f]{64}, allowed: /);
    await mend();

    await attacked.write({ "plugins/guest/more.ts": "export const more = 1;\n" });
    await runsOn(/source of 'guest': found/);
    await Deno.remove(`${home}/plugins/guest/more.ts`);
    await mend();

    await Deno.remove(`${home}/plugins/guest/mod.ts`);
    await Deno.symlink(`${home}/outside/evil.ts`, `${home}/plugins/guest/mod.ts`);
    await runsOn(/leads to .*outside\/evil\.ts, out of the module's folder/);
    await Deno.remove(`${home}/plugins/guest/mod.ts`);
    await mend();

    await attacked.write({ "configs/guest.yml": "grants: {folders: [{path: configs, mode: rw}]}\n" });
    await runsOn(/found folders: configs \(rw\) for 'guest', allowed to write/);
    const refused = await attacked.host.fault("grants", "allow", "guest");
    assert.equal(refused.code, "denied");
    await mend();

    // Its source under another name is a stranger's as well, and is not told what others tell that name.
    await attacked.write({ "configs/friend.yml": "prog: guest\n" });
    const friend = await attacked.reaches("friend", ["failed"]);
    assert.match(friend.reason ?? "", /source of 'friend': found [0-9a-f]{64}, allowed: none, as it was added/);
    assert.equal((await attacked.host.cli("grants", "allow", "friend")).code, 0);
    await attacked.reaches("friend", ["running"]);
    assert.match((await attacked.fault("friend", "reach", "local")).message, /'friend' may not call 'local'/);
    await attacked.write({ "plugins/guest/helper.ts": source("helper"), "configs/friend.yml": "prog: guest/helper\n" });
    await runsOn(/source of 'guest': found/);
    await Deno.remove(`${home}/plugins/guest/helper.ts`);
    await Deno.remove(`${home}/configs/friend.yml`);
    await mend();

    // A lock that cannot be read vouches for nobody, and ends nobody.
    const lock = await Deno.readTextFile(`${home}/configs/plugins.lock`);
    await attacked.write({ "configs/plugins.lock": `${lock}evil: {origin: mine}\n` });
    await runsOn(/configs\/plugins\.lock cannot be read/);
    const broken = (await attacked.events()).find(({ message }) => message?.startsWith("configs/plugins.lock:"));
    assert.match(broken?.message ?? "", /^configs\/plugins\.lock:\d+: evil\.origin: found "mine"/);
    await attacked.write({ "configs/plugins.lock": lock });
    await mend();

    // What was granted can be withdrawn: what has more than the lock allows by now does not run on.
    const narrower = lock.replace(/ {2}grants:\n(?: {4}.*\n)+/, "");
    assert.notEqual(narrower, lock);
    await attacked.write({ "configs/plugins.lock": narrower });
    const withdrawn = await attacked.reaches("guest", ["failed"]);
    assert.match(withdrawn.reason ?? "", /found more than was allowed when 'guest' was added: services: neighbour/);
    assert.equal((await attacked.fault("guest", "version")).code, "service_down");
    await attacked.write({ "configs/plugins.lock": lock });
    await attacked.reaches("guest", ["running"]);
  });
  await Deno.remove(elsewhere, { recursive: true });
});
