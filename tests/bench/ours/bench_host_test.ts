import assert from "node:assert/strict";
import { OURS } from "../../../bench/contenders.ts";

Deno.test("a real host with the kernel of the measurement carries out every order", async () => {
  await using session = await OURS.open({ placement: "free", more: 3 });
  const { calls, faults } = await session.order({ do: "throughput", in_flight: 256, ms: 200 });
  assert.ok(calls! > 100);
  assert.equal(faults, 0);
  const inside = await session.order({ do: "in module", order: { do: "throughput", in_flight: 256, ms: 200 } });
  assert.ok(inside.calls! > 100);
  assert.equal(inside.faults, 0);
  assert.equal((await session.order({ do: "boot", count: 3 })).modules, 3);
  assert.ok((await session.order({ do: "cold", times: 2, pause_ms: 0 })).p50_ms! > 0);
  assert.equal((await session.order({ do: "reload", times: 2, calls_per_s: 200 })).faults, 0);
});
