import assert from "node:assert/strict";
import type { MetaFile } from "../../kernel/contract/meta_config.ts";
import type { Files } from "../../kernel/contract/powers.ts";
import { findMetaFiles } from "../../kernel/config/mod.ts";
import { MetaWatch } from "../../kernel/handover/meta_watch.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const SETTLE_MS = 200;
const TRY_AGAIN_MS = 1_000;
const BROKEN = "prog: [";
const GOOD = "prog: kernel";

interface Asked {
  readonly file: string;
  readonly text: string;
  readonly answer: (outcome: "refused" | "later") => void;
}

/** A kernel that runs `meta-v1.yml`, and the texts of meta files beside it, which a test changes. */
class World {
  readonly clock = new FakeClock();
  readonly texts = new Map<string, string>([["meta-v1.yml", GOOD]]);
  readonly asked: Asked[] = [];
  readonly rejected: string[] = [];
  readable = true;
  watch!: MetaWatch;
  readonly #files = {
    list: () => {
      if (!this.readable) return Promise.reject(new Error("EACCES"));
      return Promise.resolve([...this.texts.keys()].map((name) => ({ name, kind: "file" as const })));
    },
    readText: (path: string) => Promise.resolve(this.texts.get(path.replace("/home/configs/", ""))),
  } as unknown as Files;

  static async open(passed_over: readonly string[] = [], texts: Readonly<Record<string, string>> = {}): Promise<World> {
    const world = new World();
    const running = (await world.found("meta-v1.yml"))!;
    for (const [file, text] of Object.entries(texts)) world.texts.set(file, text);
    const over = await Promise.all(passed_over.map((file) => world.found(file)));
    world.watch = new MetaWatch({
      ...{ files: world.#files, clock: world.clock, home: "/home", running },
      passed_over: over.map((one) => ({ meta: one!.file, hash: one!.hash })),
      rejected: (file, reason) => void world.rejected.push(`${file}: ${reason.split(":")[0]}`),
      handOver: ({ file, text }: MetaFile) => new Promise((answer) => void world.asked.push({ file, text, answer })),
    });
    return world;
  }

  async found(file: string): Promise<MetaFile | undefined> {
    return (await findMetaFiles(this.#files, "/home")).find((one) => one.file === file);
  }

  /** Texts as the files have them now, then a look. */
  async write(texts: Readonly<Record<string, string | undefined>>): Promise<void> {
    for (const [file, text] of Object.entries(texts)) {
      if (text === undefined) this.texts.delete(file);
      else this.texts.set(file, text);
    }
    await this.look();
  }
  async look(): Promise<void> {
    void this.watch.look();
    await settled();
  }
  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settled();
  }
  get files(): string[] {
    return this.asked.map(({ file }) => file);
  }
}

/** Hashing takes more than one turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}

Deno.test("MetaWatch asks for nothing while what runs comes first", async () => {
  const world = await World.open();
  await world.write({ "meta.yml": "prog: other" });
  await world.pass(60_000);
  assert.deepEqual([world.files, world.clock.pending], [[], 0]);
});

Deno.test("MetaWatch asks for a newer file, and for a newer text of what runs, once it is unchanged for 200 ms", async () => {
  for (const file of ["meta-v2.yml", "meta-v1.yml"]) {
    const world = await World.open();
    await world.write({ [file]: "prog: newer" });
    await world.pass(SETTLE_MS - 1);
    await world.look();
    assert.deepEqual(world.files, []);
    await world.pass(1);
    assert.deepEqual(world.files, [file]);
  }
});

Deno.test("MetaWatch waits again when the text changes meanwhile, and asks for the last one", async () => {
  const world = await World.open();
  await world.write({ "meta-v2.yml": "prog: half" });
  await world.pass(SETTLE_MS - 1);
  await world.write({ "meta-v2.yml": "prog: whole" });
  await world.pass(SETTLE_MS - 1);
  assert.deepEqual(world.files, []);
  await world.pass(1);
  assert.deepEqual(world.asked.map(({ text }) => text), ["prog: whole"]);
});

Deno.test("MetaWatch begins anew when a file goes and comes back within its time", async () => {
  const world = await World.open();
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS - 50);
  await world.write({ "meta-v2.yml": undefined });
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS - 1);
  assert.deepEqual(world.files, []);
  await world.pass(1);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
});

Deno.test("MetaWatch passes a broken newer file over, tells each of its texts once, and takes the next that is whole", async () => {
  const world = await World.open();
  await world.write({ "meta-v3.yml": BROKEN });
  await world.pass(SETTLE_MS);
  await world.look();
  assert.deepEqual([world.files, world.rejected], [[], ["meta-v3.yml: broken YAML"]]);
  await world.write({ "meta-v3.yml": "kv: 7", "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
  assert.deepEqual(world.rejected, ["meta-v3.yml: broken YAML", "meta-v3.yml: missing 'prog'"]);
});

Deno.test("MetaWatch does not leave what runs for a lower one because its file is broken", async () => {
  const world = await World.open();
  await world.write({ "meta-v1.yml": BROKEN, "meta.yml": GOOD });
  await world.pass(SETTLE_MS);
  assert.deepEqual([world.files, world.rejected], [[], ["meta-v1.yml: broken YAML"]]);
  await world.write({ "meta-v1.yml": GOOD });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, [], "it is again what runs");
});

Deno.test("MetaWatch goes to the next lower file when the one that runs was removed, and stays when none is left", async () => {
  const world = await World.open();
  await world.write({ "meta-v1.yml": undefined });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, []);
  await world.write({ "meta.yml": GOOD });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta.yml"]);
});

Deno.test("MetaWatch does not try again what was refused until its text changes", async () => {
  const world = await World.open();
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  world.asked[0]!.answer("refused");
  await settled();
  await world.pass(60_000);
  await world.look();
  await world.pass(60_000);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
  await world.write({ "meta-v2.yml": "prog: mended" });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta-v2.yml", "meta-v2.yml"]);
});

Deno.test("MetaWatch goes on to the next lower file above what runs when the first was refused", async () => {
  const world = await World.open();
  await world.write({ "meta-v3.yml": GOOD, "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  world.asked[0]!.answer("refused");
  await settled();
  await world.pass(SETTLE_MS);
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta-v3.yml", "meta-v2.yml"]);
});

Deno.test("MetaWatch tries again after a second what was in nobody's way", async () => {
  const world = await World.open();
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  world.asked[0]!.answer("later");
  await settled();
  await world.pass(TRY_AGAIN_MS - 1);
  assert.equal(world.clock.pending, 1);
  await world.pass(1); // looks
  await world.pass(SETTLE_MS - 1);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
  await world.pass(1);
  assert.deepEqual(world.files, ["meta-v2.yml", "meta-v2.yml"]);
});

Deno.test("MetaWatch does not try what the watchdog passed over before this kernel came", async () => {
  const world = await World.open(["meta-v2.yml"], { "meta-v2.yml": GOOD });
  await world.look();
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, []);
  await world.write({ "meta-v2.yml": "prog: mended" });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
});

Deno.test("MetaWatch asks for nothing more while one hand-over is under way", async () => {
  const world = await World.open();
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  await world.write({ "meta-v3.yml": GOOD });
  await world.pass(60_000);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
  world.asked[0]!.answer("refused");
  await settled();
  await world.pass(SETTLE_MS);
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta-v2.yml", "meta-v3.yml"]);
});

Deno.test("MetaWatch changes nothing when the files can't be read, and looks again with the next hint", async () => {
  const world = await World.open();
  world.readable = false;
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, []);
  world.readable = true;
  await world.look();
  await world.pass(SETTLE_MS);
  assert.deepEqual(world.files, ["meta-v2.yml"]);
});

Deno.test("MetaWatch does nothing any more once it has ended, also when its last wish comes back", async () => {
  const world = await World.open();
  await world.write({ "meta-v2.yml": GOOD });
  await world.pass(SETTLE_MS);
  world.watch.end();
  world.asked[0]!.answer("later");
  await settled();
  await world.pass(60_000);
  await world.write({ "meta-v3.yml": GOOD });
  await world.pass(60_000);
  assert.deepEqual([world.files, world.clock.pending], [["meta-v2.yml"], 0]);
});
