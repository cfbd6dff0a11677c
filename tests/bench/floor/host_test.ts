import assert from "node:assert/strict";
import { FLOOR } from "../../../bench/contenders.ts";
import { treeOf } from "../../../bench/process_tree.ts";

Deno.test("the floor carries out every order, and nothing of it is left", async () => {
  const session = await FLOOR.open({ placement: "free" });
  const { calls, faults } = await session.order({ do: "throughput", in_flight: 16, ms: 100 });
  assert.ok(calls! > 100);
  assert.equal(faults, 0);
  const inside = await session.order({ do: "in module", order: { do: "latency", ms: 100, block: 10 } });
  assert.ok(inside.p50_us! > 0);
  assert.equal((await session.order({ do: "boot", count: 3 })).modules, 3);
  assert.equal((await session.order({ do: "reload", times: 2, calls_per_s: 200 })).faults, 0);
  const pids = Deno.build.os === "linux" ? treeOf(session.pid) : [];
  if (pids.length > 0) assert.equal(pids.length, 1 + 2 + 3, "the host, two modules, three more");
  await session[Symbol.asyncDispose]();
  await session[Symbol.asyncDispose]();
  for (const pid of pids) assert.throws(() => Deno.readTextFileSync(`/proc/${pid}/stat`), Deno.errors.NotFound);
});
