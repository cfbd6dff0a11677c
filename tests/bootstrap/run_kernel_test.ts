/** The bootstrap by the paper: which meta file makes the kernel, and what is said of those that don't. */
import assert from "node:assert/strict";
import type { Hello } from "../../kernel/contract/channel.ts";
import { runKernel } from "../../kernel/bootstrap/mod.ts";
import { hello, makeHome, ScriptedPowers } from "../kernel/scripted_powers.ts";

/** A kernel of a home: `what` is its body. */
const kernel = (what = "") => `
  export class Kernel {
    constructor(setup) { this.setup = setup; globalThis.${SEEN}?.push(this); ${
  what.includes("CONSTRUCTOR") ? "throw new Error('no room');" : ""
} }
    async boot() { ${what.includes("BOOT") ? "throw new Error('socket in use');" : ""} }
    async waitForShutdown() {}
    ${what.includes("DISPOSE") ? "async [Symbol.asyncDispose]() { this.disposed = true; }" : ""}
    ${what.includes("STUCK") ? "async [Symbol.asyncDispose]() { throw new Error('stuck'); }" : ""}
  }`;
const SEEN = "__kernels_of_run_kernel_test";
type Seen = { setup: { meta_file: { file: string }; listen: (l: (m: unknown) => void) => void }; disposed?: boolean };
const seen: Seen[] = [];
Object.assign(globalThis, { [SEEN]: seen });

async function boot(files: Readonly<Record<string, string>>, more: Partial<Hello> = {}) {
  const home = await makeHome(files);
  const powers = new ScriptedPowers();
  try {
    const code = await runKernel(powers, hello(home, more));
    return { home, powers, code, log: powers.log };
  } finally {
    powers.hangUp();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("the highest version boots, compared numerically, and nothing else is tried", async () => {
  const { log, code, powers } = await boot({
    "configs/meta.yml": "prog: missing",
    "configs/meta-v1.9.yml": "prog: missing",
    "configs/meta-v1.10.yml": "prog: mine",
    "configs/sub/meta-v9.yml": "prog: missing",
    "kernel/mine.ts": kernel(),
  });
  assert.deepEqual([log, code], [["INFO Successfully loading kernel from meta-v1.10.yml"], 0]);
  const booting = powers.sent.find(({ t }) => t === "booting");
  assert.equal(booting?.t === "booting" && booting.meta, "meta-v1.10.yml");
});

Deno.test("each kind of failure is told to the letter and falls back to the next", async () => {
  const { log, code } = await boot({
    "configs/meta-v9.yml": "prog: [",
    "configs/meta-v8.yml": "kv: runtime/image/x.kv",
    "configs/meta-v7.yml": "prog: missing",
    "configs/meta-v6.yml": "prog: empty",
    "configs/meta-v5.yml": "prog: plugin",
    "configs/meta-v4.yml": "prog: roomless",
    "configs/meta-v3.yml": "prog: bootless",
    "configs/meta-v2.yml": "prog: mine\nenable_sandboxing: false",
    "configs/meta-v1.yml": "prog: broken",
    "configs/meta.yml": "prog: mine",
    "kernel/empty.ts": "export const nothing = 1;",
    "kernel/plugin.ts": "export class Module {}",
    "kernel/roomless.ts": kernel("CONSTRUCTOR"),
    "kernel/bootless.ts": kernel("BOOT"),
    "kernel/broken.ts": "this is no TypeScript",
    "kernel/mine.ts": kernel(),
  });
  const expected = [
    /^WARNING Failed to load kernel from meta-v9\.yml: broken YAML: /,
    /^WARNING Failed to load kernel from meta-v8\.yml: .*missing 'prog'/,
    /^WARNING Failed to load kernel from meta-v7\.yml: prog 'missing' not found: neither .*\/kernel\/missing\.ts nor a shipped kernel \(kernel\)/,
    /^WARNING Failed to load kernel from meta-v6\.yml: kernel\/empty\.ts exports no class named Kernel$/,
    /^WARNING Failed to load kernel from meta-v5\.yml: kernel\/plugin\.ts exports no class named Kernel; it exports a class named Module, which is a plugin's$/,
    /^WARNING Failed to load kernel from meta-v4\.yml: no room$/,
    /^INFO Successfully loading kernel from meta-v3\.yml$/,
    /^WARNING Failed to load kernel from meta-v3\.yml: socket in use$/,
    /^WARNING Failed to load kernel from meta-v2\.yml: .*there is no road without the fence/,
    /^WARNING Failed to load kernel from meta-v1\.yml: /,
    /^INFO Successfully loading kernel from meta\.yml$/,
  ];
  assert.equal(code, 0);
  assert.equal(log.length, expected.length, log.join("\n"));
  for (const [i, pattern] of expected.entries()) assert.match(log[i]!, pattern);
});

Deno.test("if none is left the last word is the paper's, and the exit code 1", async () => {
  for (const files of [{}, { "configs/meta.yml": "prog: missing" }]) {
    const { log, code } = await boot(files);
    assert.deepEqual([log.at(-1), code], ["CRITICAL All kernel load attempts failed.", 1]);
  }
});

Deno.test("a meta file that can't be read is told and passed over", async () => {
  const { log, code } = await boot({
    "configs/meta-v2.yml/is a folder": "",
    "configs/meta.yml": "prog: mine",
    "kernel/mine.ts": kernel(),
  });
  assert.equal(code, 0);
  assert.match(log[0]!, /^WARNING Failed to load kernel from meta-v2\.yml: .*not a regular file/);
});

Deno.test("a version that died early is passed over until its file changes", async () => {
  const files = { "configs/meta-v2.yml": "prog: mine", "configs/meta.yml": "prog: mine", "kernel/mine.ts": kernel() };
  const first = await boot(files);
  const booting = first.powers.sent.find(({ t }) => t === "booting")!;
  assert.ok(booting.t === "booting" && booting.meta === "meta-v2.yml");
  const over = { pass_over: [{ meta: "meta-v2.yml", hash: booting.hash }] };
  const second = await boot(files, over);
  assert.deepEqual(second.log, ["INFO Successfully loading kernel from meta.yml"]);
  const third = await boot({ ...files, "configs/meta-v2.yml": "prog: mine # mended" }, over);
  assert.deepEqual(third.log, ["INFO Successfully loading kernel from meta-v2.yml"]);
});

Deno.test("a kernel that did not boot is cleared away before the next begins, which learns anew which cells there are", async () => {
  seen.length = 0;
  const { powers, log } = await boot({
    "configs/meta-v3.yml": "prog: stuck",
    "configs/meta-v2.yml": "prog: half",
    "configs/meta.yml": "prog: mine",
    "kernel/stuck.ts": kernel("BOOT STUCK"),
    "kernel/half.ts": kernel("BOOT DISPOSE"),
    "kernel/mine.ts": kernel(),
  });
  assert.deepEqual(seen.map(({ disposed }) => disposed), [undefined, true, undefined]);
  const said = powers.sent.map(({ t }) => t).filter((t) => t !== "alive");
  assert.deepEqual(said, ["booting", "cells", "booting", "cells", "booting", "log_bounds"]);
  assert.ok(
    log.some((line) =>
      line.startsWith("WARNING the kernel that failed could not clear away what it had: Error: stuck")
    ),
  );
});

Deno.test("messages of the watchdog wait for the one who listens, and for the next after him", async () => {
  const home = await makeHome({
    "configs/meta.yml": "prog: mine",
    "configs/meta-v2.yml": "prog: half",
    "kernel/half.ts": "",
    "kernel/mine.ts": "",
  });
  const listening = (n: number, then: string) => `
    export class Kernel {
      constructor(setup) { this.setup = setup; }
      async boot() {
        await new Promise((resolve) => setTimeout(resolve, 5));
        this.setup.listen((m) => globalThis.${SEEN}.push([${n}, m.epoch]));
        await new Promise((resolve) => setTimeout(resolve, 5));
        ${then}
      }
      async waitForShutdown() {}
    }`;
  await Deno.writeTextFile(`${home}/kernel/half.ts`, listening(1, "throw new Error('half');"));
  await Deno.writeTextFile(`${home}/kernel/mine.ts`, listening(2, ""));
  seen.length = 0;
  const powers = new ScriptedPowers();
  powers.answers = (message) => message.t === "cells" ? { t: "lead", epoch: 2 } : undefined;
  powers.say({ t: "lead", epoch: 1 });
  assert.equal(await runKernel(powers, hello(home)), 0);
  assert.deepEqual(seen as unknown, [[1, 1], [2, 2]]);
  powers.hangUp();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(powers.exits, [1], "without the watchdog the kernel ends");
  await Deno.remove(home, { recursive: true });
});

Deno.test("the shipped kernel is found by its name, a home's own comes first, and a home's name may hold anything", async () => {
  const shadow = await boot({
    "configs/meta.yml": "prog: kernel",
    "kernel/kernel.ts": "export class Kernel { constructor() { throw new Error('the home\\'s own') } }",
  });
  assert.match(shadow.log[0]!, /Failed to load kernel from meta\.yml: the home's own$/);
  const parent = await Deno.realPath(await Deno.makeTempDir());
  const strange = `${parent}/a home%23#?`;
  await Deno.mkdir(`${strange}/configs`, { recursive: true });
  await Deno.mkdir(`${strange}/kernel`);
  await Deno.writeTextFile(`${strange}/configs/meta.yml`, "prog: mine");
  await Deno.writeTextFile(`${strange}/kernel/mine.ts`, kernel());
  const powers = new ScriptedPowers();
  assert.equal(await runKernel(powers, hello(strange)), 0);
  powers.hangUp();
  await Deno.remove(parent, { recursive: true });
});

Deno.test("logging comes first: every word is kept in runtime/logs/host.jsonl", async () => {
  const home = await makeHome({ "configs/meta.yml": "prog: missing" });
  const powers = new ScriptedPowers();
  await runKernel(powers, hello(home, { log_level: "CRITICAL" }));
  const kept = (await Deno.readTextFile(`${home}/runtime/logs/host.jsonl`)).trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  assert.deepEqual(powers.log, ["CRITICAL All kernel load attempts failed."]);
  assert.deepEqual(kept.map(({ level }) => level), ["WARNING", "DEBUG", "CRITICAL"]);
  powers.hangUp();
  await Deno.remove(home, { recursive: true });
});
