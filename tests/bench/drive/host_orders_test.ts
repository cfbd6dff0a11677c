import assert from "node:assert/strict";
import { carryOut, type DrivenHost } from "../../../bench/drive/host_orders.ts";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function scriptedHost(over: Partial<DrivenHost> = {}): DrivenHost {
  return { call: (n) => Promise.resolve(n), startOne: () => pause(1), endOne: () => pause(0), ...over };
}

Deno.test("boot starts each module once, at most four at a time", async () => {
  let now = 0;
  let most = 0;
  const started: number[] = [];
  const { modules } = await carryOut(
    { do: "boot", count: 11 },
    scriptedHost({
      async startOne(n) {
        started.push(n);
        most = Math.max(most, ++now);
        await pause(2);
        now--;
      },
    }),
  );
  assert.equal(modules, 11);
  assert.deepEqual(started, Array.from({ length: 11 }, (_, n) => n));
  assert.equal(most, 4);
});

Deno.test("cold ends each module before it starts the next and does not count its end", async () => {
  const order: string[] = [];
  const { p50_ms } = await carryOut(
    { do: "cold", times: 3, pause_ms: 0 },
    scriptedHost({
      startOne: () => (order.push("start"), pause(5)),
      endOne: () => (order.push("end"), pause(60)),
    }),
  );
  assert.deepEqual(order, ["start", "end", "start", "end", "start", "end"]);
  assert.ok(p50_ms! >= 4 && p50_ms! < 55, `${p50_ms} ms`);
});

Deno.test("reload tells a silence of the module, though calls go on being made", async () => {
  let silent: Promise<void> | undefined;
  const { p50_ms, calls, faults } = await carryOut(
    { do: "reload", times: 2, calls_per_s: 500 },
    scriptedHost({ call: (n) => silent?.then(() => n) ?? Promise.resolve(n), reload: () => silent = pause(80) }),
  );
  assert.ok(p50_ms! >= 70 && p50_ms! < 500, `${p50_ms} ms`);
  assert.ok(calls! > 50);
  assert.equal(faults, 0);
});

Deno.test("an order to a module that calls another is refused where there is none", async () => {
  await assert.rejects(carryOut({ do: "in module", order: { do: "warm up" } }, scriptedHost()), /no module here/);
});
