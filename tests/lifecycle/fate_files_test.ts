import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import { type Fate, FateFiles } from "../../kernel/lifecycle/mod.ts";
import { parseFate } from "../../kernel/lifecycle/parse_fate.ts";
import { denoFiles } from "../../kernel/powers_deno_files.ts";

const A = "deep/a" as ApiName;
const FATE: Fate = {
  hash: "h",
  restarts: [1, 2],
  quarantined: "it loops",
  own_cell: true,
  blame: { time: 1, why: "it loops", limit: "liveness_ms", call: { caller: "b", method: "go" }, log: ["x"] },
};

async function withFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "mm-fates-" });
  try {
    await act(`${folder}/fates`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("FateFiles gives the next kernel what this one kept, and nothing of what was forgotten", async () => {
  await withFolder(async (folder) => {
    const failed: unknown[] = [];
    const open = async () => {
      const files = new FateFiles(denoFiles, folder, (error) => failed.push(error));
      await files.look();
      return files;
    };
    const first = await open();
    first.keep(A, { hash: "h", restarts: [] });
    first.keep(A, FATE);
    await first.settled();
    const second = await open();
    assert.deepEqual(second.of(A), FATE);
    second.forget(A);
    await second.settled();
    assert.equal((await open()).of(A), undefined);
    assert.deepEqual(failed, []);
  });
});

Deno.test("FateFiles passes over what is no fate", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(folder);
    for (
      const [name, text] of [["a.json", "{"], ["b.json", "[]"], ["c.txt", "{}"], [
        "1.json",
        '{"hash":"h","restarts":[]}',
      ]]
    ) {
      await Deno.writeTextFile(`${folder}/${name}`, text!);
    }
    const files = new FateFiles(denoFiles, folder, () => {});
    await files.look();
    assert.deepEqual(["a", "b", "c", "1"].map((api) => files.of(api as ApiName)), Array(4).fill(undefined));
  });
});

Deno.test("FateFiles tells why it could not write, and goes on", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(folder, "no folder");
    const failed: unknown[] = [];
    const files = new FateFiles(denoFiles, folder, (error) => failed.push(error));
    files.keep(A, FATE);
    await files.settled();
    assert.deepEqual([failed.length, files.of(A)], [1, FATE]);
  });
});

Deno.test("parseFate takes what was written, and refuses each field that is none", () => {
  assert.deepEqual(parseFate(JSON.stringify(FATE)), FATE);
  assert.deepEqual(parseFate('{"hash":"h","restarts":[]}'), { hash: "h", restarts: [] });
  for (
    const change of [{ hash: 1 }, { restarts: null }, { restarts: ["1"] }, { restarts: Array(1_001).fill(1) }, {
      quarantined: 1,
    }]
  ) {
    assert.equal(parseFate(JSON.stringify({ ...FATE, ...change })), undefined);
  }
  assert.equal(parseFate(JSON.stringify({ ...FATE, blame: { time: "now" } }))?.blame, undefined);
});
