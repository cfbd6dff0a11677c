import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import { StateFiles } from "../../kernel/lifecycle/mod.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";

const API = "inference/local" as ApiName;
const bytes = (...values: number[]) => new Uint8Array(values);
const CLOCK = { now: () => 0 };

async function withFolder(job: (folder: string, open: () => Promise<StateFiles>) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  const folder = `${home}/state`;
  const open = async () => {
    const states = new StateFiles(denoFiles, CLOCK, folder);
    await states.look();
    return states;
  };
  try {
    await job(folder, open);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("StateFiles gives back the last state that was kept, byte for byte, also to a later host", async () => {
  await withFolder(async (folder, open) => {
    const states = await open();
    assert.equal(await states.read(API), undefined);
    await states.keep(API, { from: "1.2", payload: bytes(1) });
    await states.keep(API, { from: "1.10", payload: bytes(10, 0, 255, 10) });
    assert.deepEqual(await (await open()).read(API), { from: "1.10", payload: bytes(10, 0, 255, 10) });
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["inference.local.state"]);
    assert.equal(Deno.statSync(folder).mode! & 0o777, 0o700);
    await states.keep(API, { from: "", payload: new Uint8Array(0) });
    assert.deepEqual(await states.read(API), { from: "", payload: new Uint8Array(0) });
  });
});

Deno.test("StateFiles lists what is kept and what lies aside, by api, and nothing that is no state", async () => {
  await withFolder(async (folder, open) => {
    const states = await open();
    assert.deepEqual(await states.list(), []);
    await states.keep("b" as ApiName, { from: "", payload: "text" });
    await states.keep(API, { from: "1", payload: bytes(1, 10, 3) });
    await states.setAside(API, { from: "1", payload: bytes(1, 2) }, "it threw", { forget: false });
    await Deno.writeTextFile(`${folder}/c.state`, "torn");
    for (const name of ["notes.txt", ".state", "no api.state"]) await Deno.writeTextFile(`${folder}/${name}`, "x");
    const listed = await (await open()).list();
    assert.deepEqual(listed.map(({ time: _, ...facts }) => facts), [
      { api: "b", bytes: 4, set_aside: false },
      { api: "c", bytes: 4, set_aside: false },
      { api: API, bytes: 3, set_aside: false },
      { api: API, bytes: 2, set_aside: true, why: "it threw" },
    ]);
    for (const { time } of listed) assert.equal(new Date(time).toISOString(), time);
  });
});

Deno.test("StateFiles takes a torn or altered file for no state and puts it aside", async () => {
  await withFolder(async (folder, open) => {
    for (const spoil of [(text: string) => text.slice(0, -1), (text: string) => `${text}x`, () => "", () => "{}\nx"]) {
      const states = await open();
      await states.keep(API, { from: "", payload: new TextEncoder().encode("[1,2,3]") });
      const file = `${folder}/inference.local.state`;
      await Deno.writeTextFile(file, spoil(await Deno.readTextFile(file)));
      assert.equal(await states.read(API), undefined);
      assert.equal(states.whyAside(API), "the file that kept it is torn or altered");
      assert.equal(await states.read(API), undefined);
      assert.match((await open()).whyAside(API)!, /an earlier host could not use it/);
    }
  });
});

Deno.test("StateFiles remembers why a state lies aside, also in a later host, until it is dropped", async () => {
  await withFolder(async (_, open) => {
    const states = await open();
    const state = { from: "1", payload: bytes(5) };
    await states.keep(API, state);
    await states.setAside(API, state, "it threw", { forget: false });
    assert.deepEqual([states.whyAside(API), (await open()).whyAside(API)], ["it threw", "it threw"]);
    assert.deepEqual(await states.read(API), state);
    await states.setAside(API, state, "it threw again", { forget: true });
    assert.deepEqual([states.whyAside(API), await states.read(API)], ["it threw again", undefined]);
    assert.deepEqual(await states.drop(API), { kept: false, set_aside: true });
    assert.deepEqual([states.whyAside(API), (await open()).whyAside(API)], [undefined, undefined]);
    await states.keep(API, state);
    assert.deepEqual(await states.drop(API), { kept: true, set_aside: false });
    assert.deepEqual(await states.drop(API), { kept: false, set_aside: false });
  });
});
