import assert from "node:assert/strict";
import { fault, FaultError } from "../../kernel/contract/fault.ts";
import { KERNEL_API } from "../../kernel/contract/names.ts";
import { BrokerKit, bytes, text, turn } from "./scripted_broker.ts";

Deno.test("KernelCalls answers a module's call to the kernel with the seat that asked", async () => {
  const kit = new BrokerKit({
    services: (seat, name, payload) =>
      Promise.resolve({ ok: true, payload: bytes(`${seat.api} ${name} ${text(payload)}`) }),
  });
  const ui = kit.seat("ui");
  ui.calls(1, KERNEL_API, { name: "secret" }, bytes("KEY"));
  await turn();
  assert.deepEqual(ui.port.last("reply"), { t: "reply", id: 1, ok: true, live: true });
  assert.equal(text(ui.port.sent[0]!.payload), "ui secret KEY");
  assert.equal(kit.clock.pending, 0);
});

Deno.test("KernelCalls turns whatever a service throws into a fault: no module ends the kernel", async () => {
  for (
    const [thrown, code] of [
      [new Error("disk on fire"), "internal"],
      [new FaultError(fault("too_large", "the prompt is too large")), "too_large"],
      ["text", "internal"],
    ] as const
  ) {
    const kit = new BrokerKit({ services: () => Promise.reject(thrown) });
    const ui = kit.seat("ui");
    ui.calls(1, KERNEL_API);
    await turn();
    assert.equal(ui.port.faultOf(1).code, code);
  }
});

Deno.test("KernelCalls gives up a service that does not answer, and answers once", async () => {
  const { promise, resolve } = Promise.withResolvers<{ ok: true; payload: Uint8Array }>();
  const kit = new BrokerKit({ services: () => promise });
  const ui = kit.seat("ui");
  ui.calls(1, KERNEL_API, { timeout: 100 });
  kit.clock.advance(99);
  await turn();
  assert.equal(ui.port.sent.length, 0);
  kit.clock.advance(1);
  await turn();
  assert.equal(ui.port.faultOf(1).code, "timeout");
  resolve({ ok: true, payload: bytes("late") });
  await turn();
  assert.equal(ui.port.outcomesOf(1), 1);
});

Deno.test("KernelCalls serves 256 calls of one instance at once, and refuses the next", async () => {
  const pending: ((outcome: { ok: true; payload: Uint8Array }) => void)[] = [];
  const kit = new BrokerKit({ services: () => new Promise((resolve) => pending.push(resolve)) });
  const [ui, other] = [kit.seat("ui"), kit.seat("other")];
  for (let id = 1; id <= 257; id++) ui.calls(id, KERNEL_API);
  other.calls(1, KERNEL_API);
  await turn();
  assert.deepEqual([pending.length, ui.port.faultOf(257).code, ui.port.outcomesOf(256)], [257, "rate_limited", 0]);
  for (const resolve of pending.splice(0)) resolve({ ok: true, payload: bytes("") });
  await turn();
  ui.calls(258, KERNEL_API);
  await turn();
  assert.equal(pending.length, 1);
});

Deno.test("KernelCalls refuses arguments in pieces", async () => {
  const kit = new BrokerKit();
  const ui = kit.seat("ui");
  ui.calls(1, KERNEL_API, { more: true });
  ui.piece("call", 1, false);
  await turn();
  assert.equal(ui.port.faultOf(1).code, "too_large");
});

Deno.test("KernelCalls says so when the caller does not take a large answer", async () => {
  const kit = new BrokerKit({ services: () => Promise.resolve({ ok: true, payload: new Uint8Array(5_000) }) });
  const ui = kit.seat("ui");
  ui.port.refuses = (_, size) => size > 4_096;
  ui.calls(1, KERNEL_API);
  await turn();
  assert.equal(ui.port.faultOf(1).code, "rate_limited");
});

Deno.test("KernelCalls tells whether a module asks for itself, or in the name of whom it serves or who showed it a token", async () => {
  const told: [string, boolean][] = [];
  const kit = new BrokerKit({
    services: (_, name, __, { own }) => {
      told.push([name, own]);
      return Promise.resolve({ ok: true, payload: bytes("null") });
    },
  });
  const web = kit.seat("web", { kernel: ["bearer"] });
  web.calls(1, KERNEL_API, { name: "status" });
  web.calls(2, KERNEL_API, { name: "may", lends: { bearer: "t1" } });
  web.calls(3, KERNEL_API, { name: "tools", lends: { as_caller: true } });
  await Promise.resolve();
  assert.deepEqual(told, [["status", true], ["may", false], ["tools", false]]);
});
