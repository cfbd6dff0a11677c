import assert from "node:assert/strict";
import { eventHints } from "../../../../kernel/guest/sdk/mcp/event_hints.ts";
import { catalogHash, watchCatalog } from "../../../../kernel/guest/sdk/mcp/watch_catalog.ts";
import type { ListedTool } from "../../../../kernel/guest/sdk/mod.ts";
import { until } from "../../../flows/running_host.ts";

const listed = (name: string): ListedTool => ({
  ...{ name, api: "notes", description: "", params: {}, readOnly: false, destructive: true },
});

/** A catalog that the test changes, and how often it was read. */
function catalog(...names: string[]) {
  const found = { names, reads: 0, fails: undefined as Error | undefined };
  const listTools = () => {
    found.reads++;
    return found.fails ? Promise.reject(found.fails) : Promise.resolve(found.names.map(listed));
  };
  return { found, tools: { listTools } };
}

Deno.test("watchCatalog tells of a change at its next look, once, and of nothing else", async () => {
  const { found, tools } = catalog("a");
  let changes = 0;
  const stop = watchCatalog({ tools, changed: () => changes++, look_ms: 5 });
  await until(() => found.reads > 3, 2_000, () => "it does not look");
  assert.equal(changes, 0);
  found.names = ["a", "b"];
  await until(() => changes > 0, 2_000, () => "it told nothing");
  const { reads } = found;
  await until(() => found.reads > reads + 3, 2_000, () => "it does not look");
  assert.equal(changes, 1);
  stop();
  const after = found.reads;
  await new Promise((done) => setTimeout(done, 30));
  assert.ok(found.reads <= after + 1, "it looks on");
});

Deno.test("a hint is a reason to look; a swarm of them is one", async () => {
  const { found, tools } = catalog("a");
  let changes = 0;
  let hint = () => {};
  const stop = watchCatalog({
    ...{ tools, changed: () => changes++ },
    hints: (listener) => (hint = listener, () => hint = () => {}),
  });
  await until(() => found.reads === 1, 2_000, () => "it does not look");
  found.names = ["b"];
  for (let i = 0; i < 100; i++) hint();
  await until(() => changes === 1, 2_000, () => "it told nothing");
  assert.ok(found.reads <= 3, `${found.reads} reads`);
  stop();
});

Deno.test("a catalog that can't be read is looked at again, unless that ends the watch", async () => {
  const { found, tools } = catalog("a");
  found.fails = new Error("gone");
  let failures = 0;
  let changes = 0;
  const stop = watchCatalog({ tools, changed: () => changes++, failed: () => ++failures === 3, look_ms: 5 });
  await until(() => failures === 3, 2_000, () => "it gave up early");
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual([found.reads, changes], [3, 0]);
  stop();
});

Deno.test("catalogHash tells tools apart by name, by text and by order", async () => {
  const hashes = await Promise.all([
    catalogHash([listed("a"), listed("b")]),
    catalogHash([listed("b"), listed("a")]),
    catalogHash([{ ...listed("a"), description: "new" }, listed("b")]),
  ]);
  assert.equal(new Set(hashes).size, 3);
  assert.equal(await catalogHash([listed("a"), listed("b")]), hashes[0]);
});

Deno.test("eventHints opens its events for the first listener and ends them with the last", async () => {
  let opened = 0;
  let ended = 0;
  let push = () => {};
  const hints = eventHints(() => {
    opened++;
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((done) => push = () => done({ done: false, value: {} })),
        return: () => (ended++, Promise.resolve({ done: true, value: undefined })),
      }),
    };
  });
  const heard = [0, 0];
  const first = hints(() => heard[0]!++);
  const second = hints(() => heard[1]!++);
  push();
  await new Promise((done) => setTimeout(done, 0));
  assert.deepEqual([opened, heard], [1, [1, 1]]);
  first();
  push();
  await new Promise((done) => setTimeout(done, 0));
  assert.deepEqual([heard, ended], [[1, 2], 0]);
  second();
  second();
  assert.equal(ended, 1);
  hints(() => {})();
  assert.deepEqual([opened, ended], [2, 2]);
});
