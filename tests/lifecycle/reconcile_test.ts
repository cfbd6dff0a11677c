import assert from "node:assert/strict";
import type { HostEvent } from "../../kernel/contract/events.ts";
import { ok } from "../../kernel/contract/fault.ts";
import type { ApiName } from "../../kernel/contract/names.ts";
import type { Files } from "../../kernel/contract/powers.ts";
import type { Plan } from "../../kernel/contract/spec.ts";
import type { PlanWorld } from "../../kernel/config/mod.ts";
import { Reconciler, type RunningModule, type Step } from "../../kernel/lifecycle/mod.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { FakeClock } from "../primitives/fake_clock.ts";
import { sourceOf } from "../config/planned.ts";

/** A home with real config files; lives that are what the last steps made of them. */
class RiverKit implements AsyncDisposable {
  readonly clock = new FakeClock();
  readonly steps: string[] = [];
  readonly events: HostEvent[] = [];
  readonly plans: Plan[] = [];
  readonly reconciler: Reconciler;
  /** What the system hints. */
  hint: () => void = () => {};
  watched = 0;
  /** Comes before each look reads its sources. */
  before: () => Promise<void> = () => Promise.resolve();
  readonly #running = new Map<ApiName, RunningModule>();
  readonly home: string;

  constructor(home: string, files: Partial<Files> = {}) {
    this.home = home;
    const world: PlanWorld = {
      lock: undefined,
      readSource: (prog) => Promise.resolve(ok(sourceOf(prog))),
      readPrompt: () => Promise.resolve(undefined),
    };
    this.reconciler = new Reconciler({
      files: {
        ...denoFiles,
        watch: (_, changed) => {
          this.watched++;
          this.hint = () => changed("x");
          return () => this.hint = () => {};
        },
        ...files,
      },
      clock: this.clock,
      home,
      lives: { running: () => this.#running, apply: (step) => this.#apply(step) },
      world: async () => {
        await this.before();
        return world;
      },
      planned: (plan) => this.plans.push(plan),
      emit: (event) => this.events.push(event),
    });
  }
  static async open(configs: Readonly<Record<string, string>>, files: Partial<Files> = {}): Promise<RiverKit> {
    const kit = new RiverKit(await Deno.makeTempDir(), files);
    await Deno.mkdir(`${kit.home}/configs`);
    for (const [name, text] of Object.entries(configs)) await kit.write(name, text);
    return kit;
  }
  write(name: string, text: string): Promise<void> {
    return Deno.writeTextFile(`${this.home}/configs/${name}`, text);
  }
  /** Time passes, and whatever looks that brings come to their end. */
  async pass(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += 10) {
      this.clock.advance(10);
      if (at % 50 === 0) await this.quiet();
    }
    await this.quiet();
  }
  async quiet(): Promise<void> {
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 1));
    const looks = this.plans.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (looks !== this.plans.length) await this.quiet();
  }
  take(): string[] {
    return this.steps.splice(0);
  }
  get rejected(): string[] {
    return this.events.filter(({ kind }) => kind === "config.rejected").map(({ message }) => message!);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.reconciler.stopWatching();
    await Deno.remove(this.home, { recursive: true });
  }

  #apply(step: Step): Promise<void> {
    this.steps.push(`${step.kind} ${step.api}`);
    if (step.kind === "stop") this.#running.delete(step.api);
    else {
      const { hash, spec: { api, config, version } } = step.planned;
      this.#running.set(api, { api, hash, config, version });
    }
    return Promise.resolve();
  }
}

Deno.test("the same files twice give no step, and each step is told", async () => {
  await using kit = await RiverKit.open({ "a.yml": "x: 1", "b.yml": "" });
  await kit.reconciler.resynchronizeState();
  await kit.reconciler.resynchronizeState();
  await kit.reconciler.resynchronizeState(true);
  assert.deepEqual(kit.take(), ["start a", "start b"]);
  assert.deepEqual(kit.events.map(({ kind, api, message, detail }) => [kind, api, message, detail?.config]), [
    ["config.changed", "a", "start", "configs/a.yml"],
    ["config.changed", "b", "start", "configs/b.yml"],
  ]);
});

Deno.test("a hint leads to a look, a burst of hints to one, and a changed file to its step once it has settled", async () => {
  await using kit = await RiverKit.open({ "a.yml": "x: 1" });
  await kit.reconciler.resynchronizeState();
  kit.reconciler.watch(["configs"]);
  await kit.pass(100);
  const looks = kit.plans.length;
  kit.take();
  await kit.write("a.yml", "x: 22");
  for (let i = 0; i < 20; i++) kit.hint();
  kit.clock.advance(39);
  await kit.quiet();
  assert.equal(kit.plans.length, looks);
  kit.clock.advance(1);
  await kit.quiet();
  assert.deepEqual([kit.plans.length, kit.take()], [looks + 1, []], "seen, but not yet settled");
  await kit.pass(300);
  assert.deepEqual(kit.take(), ["reload a"]);
});

Deno.test("a change that comes while a look is under way leads to another look", async () => {
  await using kit = await RiverKit.open({ "a.yml": "x: 1" });
  await kit.reconciler.resynchronizeState();
  kit.reconciler.watch(["configs"]);
  await kit.pass(100);
  kit.take();
  const { promise, resolve } = Promise.withResolvers<void>();
  kit.before = () => promise;
  kit.hint();
  kit.clock.advance(40);
  await kit.quiet();
  await kit.write("b.yml", "");
  kit.hint();
  resolve();
  await kit.quiet();
  await kit.pass(400);
  assert.deepEqual(kit.take(), ["start b"]);
});

Deno.test("what changes between the last look and the watch is found without a hint", async () => {
  await using kit = await RiverKit.open({ "a.yml": "" });
  await kit.reconciler.resynchronizeState();
  await kit.write("b.yml", "");
  kit.reconciler.watch(["configs"]);
  await kit.pass(400);
  assert.deepEqual(kit.take(), ["start a", "start b"]);
});

Deno.test("a look that was put off for a file to settle is brought forward by a hint", async () => {
  await using kit = await RiverKit.open({ "a.yml": "" });
  await kit.reconciler.resynchronizeState();
  kit.reconciler.watch(["configs"]);
  await kit.pass(100);
  await kit.write("b.yml", "");
  await kit.reconciler.resynchronizeState();
  const looks = kit.plans.length;
  kit.hint();
  kit.clock.advance(40);
  await kit.quiet();
  assert.equal(kit.plans.length, looks + 1);
});

Deno.test("a broken file is told once, keeps what runs, and is told again when it breaks again", async () => {
  await using kit = await RiverKit.open({ "a.yml": "x: 1" });
  await kit.reconciler.resynchronizeState();
  kit.take();
  const settle = async () => {
    for (let i = 0; i < 3; i++) {
      await kit.reconciler.resynchronizeState();
      kit.clock.advance(250);
      await kit.quiet();
    }
  };
  await kit.write("a.yml", "x: [broken"); // of another size: two writes in one tick of the file system look alike
  await settle();
  assert.deepEqual([kit.rejected.length, kit.take()], [1, []]);
  const told = kit.events.find(({ kind }) => kind === "config.rejected")!;
  assert.deepEqual([told.api, told.detail?.file, typeof told.detail?.line], ["a", "configs/a.yml", "number"]);
  await kit.write("a.yml", "x: 22");
  await settle();
  assert.deepEqual(kit.take(), ["reload a"]);
  await kit.write("a.yml", "x: [ ");
  await settle();
  assert.deepEqual([kit.rejected.length, kit.take()], [2, []]);
});

Deno.test("every 30 s everything is read again, and the folders are watched anew", async () => {
  await using kit = await RiverKit.open({ "a.yml": "x: 1" });
  await kit.reconciler.resynchronizeState();
  kit.reconciler.watch(["configs"]);
  await kit.pass(100);
  kit.take();
  const before = await Deno.stat(`${kit.home}/configs/a.yml`);
  await kit.write("a.yml", "x: 2");
  await Deno.utime(`${kit.home}/configs/a.yml`, before.atime!, before.mtime!);
  await kit.reconciler.resynchronizeState();
  assert.deepEqual(kit.take(), [], "size, mtime and inode are as they were");
  kit.clock.advance(29_000);
  await kit.quiet();
  const watched = kit.watched;
  await kit.pass(1_500);
  assert.deepEqual([kit.take(), kit.watched], [["reload a"], watched + 1]);
});

Deno.test("a look that fails ends nothing: it is told once, tried again, and what ran keeps running", async () => {
  await using kit = await RiverKit.open({ "a.yml": "x: 1" });
  await kit.reconciler.resynchronizeState();
  kit.take();
  let looks = 0;
  kit.before = () => {
    looks++;
    return Promise.reject(new Error("EIO"));
  };
  await kit.reconciler.resynchronizeState();
  await kit.pass(3_200);
  assert.deepEqual([kit.take(), kit.rejected, looks >= 3], [[], ["the configs could not be read: EIO"], true]);
  kit.before = () => Promise.resolve();
  await kit.write("b.yml", "");
  await kit.pass(1_500);
  assert.deepEqual(kit.take(), ["start b"]);
});

Deno.test("after stopWatching no look begins, and one under way changes nothing", async () => {
  const kit = await RiverKit.open({ "a.yml": "" });
  await kit.reconciler.resynchronizeState();
  kit.reconciler.watch(["configs"]);
  await kit.pass(100);
  kit.take();
  await kit.write("b.yml", "");
  await kit.reconciler.resynchronizeState();
  const { promise, resolve } = Promise.withResolvers<void>();
  kit.before = () => promise;
  kit.clock.advance(1_000);
  const look = kit.reconciler.resynchronizeState();
  await kit.quiet();
  kit.reconciler.stopWatching();
  resolve();
  await look;
  kit.hint();
  kit.reconciler.watch(["configs"]);
  await kit.pass(500);
  assert.deepEqual([kit.take(), kit.clock.pending], [[], 0]);
  await kit[Symbol.asyncDispose]();
});
