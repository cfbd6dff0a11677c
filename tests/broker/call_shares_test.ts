import assert from "node:assert/strict";
import { BrokerKit } from "./scripted_broker.ts";

const OPTIONS = { part: 0.25, entries: new Set(["look"]), aspect: "tool" };

function sharing() {
  const kit = new BrokerKit();
  const ui = kit.seat("ui", { services: ["shop"] });
  const current = kit.seat("shop");
  const candidate = kit.seat("shop", { routed: false });
  const { shares } = kit.broker.statistics;
  shares.begin(candidate.seat, OPTIONS);
  return { kit, ui, current, candidate, shares };
}
const look = { aspect: "tool", name: "look" };

Deno.test("a part of the calls that may be shared out goes to the candidate, evenly, and all others where they went", () => {
  const { ui, current, candidate } = sharing();
  for (let id = 1; id <= 8; id++) ui.calls(id, "shop", look);
  assert.deepEqual([candidate.port.all("call").length, current.port.all("call").length], [2, 6]);
  for (let id = 9; id <= 16; id++) ui.calls(id, "shop", { aspect: "tool", name: "buy" });
  for (let id = 17; id <= 24; id++) ui.calls(id, "shop", { name: "look" });
  assert.equal(candidate.port.all("call").length, 2);
});

Deno.test("both sides are measured, and when the share is over nothing goes to the candidate any more", () => {
  const { kit, ui, current, candidate, shares } = sharing();
  for (let id = 1; id <= 8; id++) ui.calls(id, "shop", look);
  kit.clock.advance(10);
  for (const { id } of current.port.all("call")) current.replies(id);
  kit.clock.advance(90);
  const [first, second] = candidate.port.all("call");
  candidate.replies(first!.id);
  candidate.replies(second!.id, { ok: false, code: "module_error" }, '{"message":"no"}');
  const figures = shares.end("shop")!;
  assert.deepEqual([figures.candidate.calls, figures.candidate.faults], [2, 1]);
  assert.deepEqual([figures.current.calls, figures.current.faults], [6, 0]);
  assert.ok(figures.candidate.p99_ms! >= 100 && figures.current.p99_ms! < 12);
  for (let id = 30; id <= 40; id++) ui.calls(id, "shop", look);
  assert.equal(candidate.port.all("call").length, 2);
  assert.equal(shares.end("shop"), undefined);
});

Deno.test("a candidate that is gone takes nothing", () => {
  const { kit, ui, current, candidate } = sharing();
  kit.broker.unseat(candidate.seat.instance, {
    code: "module_killed",
    message: "",
    hint: "",
    retriable: true,
    maybe_ran: true,
  });
  for (let id = 1; id <= 8; id++) ui.calls(id, "shop", look);
  assert.equal(current.port.all("call").length, 8);
});
