/** A person edits configs and sources while the host runs: each change has its effect, and `status` and `events` tell it. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const SAYS = (word: string) => `export class Module { says() { return ${JSON.stringify(word)}; } }`;
const READS =
  `export class Module { constructor(kernel, config) { this.config = config; } says() { return this.config.get("word", "nothing"); } }`;

async function says(host: RunningHost, api = "speaker"): Promise<string> {
  const { code, out } = await host.cli("call", api, "says", "--json");
  return code === 0 ? JSON.parse(out) : JSON.parse(out).error.code;
}

/** Within a second of the edit, on a quiet machine; the test gives a busy one more. */
async function becomes(host: RunningHost, word: string, api = "speaker"): Promise<void> {
  let last = "";
  await until(
    async () => (last = await says(host, api)) === word,
    10_000,
    () => `${api} says '${last}', not '${word}'`,
  );
}

Deno.test("a change of a config reaches the module", async () => {
  await using host = await RunningHost.start({ "plugins/speaker.js": READS, "configs/speaker.yml": "word: one\n" });
  await becomes(host, "one");
  await host.write({ "configs/speaker.yml": "word: two\n" });
  await becomes(host, "two");
  assert.ok((await host.events()).some(({ kind, api }) => kind === "module.reloaded" && api === "speaker"));
});

Deno.test("a change of a module's source reaches it, and a rescan without change does nothing", async () => {
  await using host = await RunningHost.start({ "plugins/speaker.js": SAYS("old"), "configs/speaker.yml": "" });
  await host.write({ "plugins/speaker.js": SAYS("new") });
  await becomes(host, "new");
  const before = await host.events();
  await host.write({ "plugins/speaker.js": SAYS("new") }); // the same text, another time stamp
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.equal((await host.events()).length, before.length);
});

Deno.test("the highest version wins numerically, and removing it goes back", async () => {
  await using host = await RunningHost.start({
    "plugins/speaker.js": READS,
    "configs/speaker-v1.9.yml": "prog: speaker\napi: speaker\nword: nine\n",
  });
  await becomes(host, "nine");
  await host.write({ "configs/speaker-v1.10.yml": "prog: speaker\napi: speaker\nword: ten\n" });
  await becomes(host, "ten");
  assert.equal((await host.module("speaker"))?.version, "1.10");
  await Deno.remove(`${host.home}/configs/speaker-v1.10.yml`);
  await becomes(host, "nine");
});

Deno.test("a dot before a name unloads the module; enable and disable do the same", async () => {
  await using host = await RunningHost.start({ "plugins/speaker.js": SAYS("here"), "configs/speaker.yml": "" });
  await Deno.rename(`${host.home}/configs/speaker.yml`, `${host.home}/configs/.speaker.yml`);
  await becomes(host, "service_down");
  assert.deepEqual(await host.json("enable", "speaker"), { api: "speaker", files: ["configs/speaker.yml"] });
  await becomes(host, "here");
  assert.deepEqual(await host.json("disable", "speaker"), { api: "speaker", files: ["configs/.speaker.yml"] });
  await becomes(host, "service_down");
});

Deno.test("broken YAML is told, and what ran keeps running", async () => {
  await using host = await RunningHost.start({ "plugins/speaker.js": READS, "configs/speaker.yml": "word: good\n" });
  await host.write({ "configs/speaker.yml": "word: [broken\n" });
  await until(
    async () => (await host.events()).some(({ kind }) => kind === "config.rejected"),
    10_000,
    () => "nobody told of the broken file",
  );
  assert.equal(await says(host), "good");
  const module = await host.module("speaker");
  assert.equal(module?.state, "running");
  assert.match(module?.reason ?? "", /configs\/speaker\.yml/);
  await host.write({ "configs/speaker.yml": "word: better\n" });
  await becomes(host, "better");
  assert.equal((await host.module("speaker"))?.reason, undefined);
});

Deno.test("a file that editors save by renaming is one change", async () => {
  await using host = await RunningHost.start({ "plugins/speaker.js": READS, "configs/speaker.yml": "word: one\n" });
  await Deno.rename(`${host.home}/configs/speaker.yml`, `${host.home}/configs/.speaker.yml~`);
  await host.write({ "configs/.speaker.yml.swp": "word: two\n" });
  await Deno.rename(`${host.home}/configs/.speaker.yml.swp`, `${host.home}/configs/speaker.yml`);
  await becomes(host, "two");
  const stopped = (await host.events()).filter(({ kind, api }) => kind === "module.stopped" && api === "speaker");
  assert.deepEqual(stopped, []);
});

Deno.test("a folder that was replaced by a symlink out of the home is refused, and what ran keeps running", async () => {
  await using host = await RunningHost.start({
    "plugins/deep/speaker.js": READS,
    "configs/deep/speaker.yml": "word: deep\n",
    "elsewhere/speaker.yml": "word: elsewhere\n",
  });
  await becomes(host, "deep", "deep/speaker");
  await Deno.rename(`${host.home}/configs/deep`, `${host.home}/before`);
  await Deno.symlink(`${host.home}/elsewhere`, `${host.home}/configs/deep`);
  await until(
    async () =>
      (await host.events()).some(({ kind, detail }) =>
        kind === "config.rejected" && String(detail?.file).includes("deep")
      ),
    40_000, // a hint that got lost is made up for by the next look at everything
    () => "nobody told of the link",
  );
  assert.equal(await says(host, "deep/speaker"), "deep");
});

Deno.test("a meta file that does not load falls back to the next, and says why", async () => {
  await using host = await RunningHost.start({
    "configs/meta.yml": "prog: kernel\n",
    "configs/meta-v2.yml": "prog: nowhere\n",
    "configs/meta-v3.yml": "prog: [\n",
    "configs/meta-v4.yml": "enable_sandboxing: true\n",
    "configs/meta-v5.yml": "prog: module_in_kernel\n",
    "configs/meta-v6.yml": "prog: throws\n",
    "kernel/module_in_kernel.ts": "export class Module {}",
    "kernel/throws.ts": "export class Kernel { constructor() { throw new Error('not today'); } }",
  });
  assert.equal((await host.status()).kernel.config, "meta.yml");
  for (
    const [file, reason] of [
      ["meta-v2.yml", /prog 'nowhere' not found/],
      ["meta-v3.yml", /YAML/],
      ["meta-v4.yml", /missing 'prog'/],
      ["meta-v5.yml", /no class named Kernel/],
      ["meta-v6.yml", /not today/],
    ] as const
  ) {
    const line = host.stderr.split("\n").find((line) => line.includes(`Failed to load kernel from ${file}: `));
    assert.match(line ?? `nothing was said of ${file}`, reason);
  }
  assert.match(host.stderr, /- INFO - Successfully loading kernel from meta\.yml/);
});

Deno.test("a host whose meta files all fail ends with exit code 1", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  try {
    await assert.rejects(async () => {
      await Deno.mkdir(`${home}/configs`);
      await Deno.writeTextFile(`${home}/configs/meta.yml`, "prog: nowhere\n");
      await using _host = await RunningHost.startIn(home);
    }, /All kernel load attempts failed\./);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
