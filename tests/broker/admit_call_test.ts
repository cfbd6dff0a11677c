import assert from "node:assert/strict";
import {
  admitCall,
  admitWithin,
  type CallerFacts,
  type CallRequest,
  hadFound,
} from "../../kernel/broker/admit_call.ts";
import type { Route, Seat } from "../../kernel/broker/seat.ts";
import { FAULTS } from "../../kernel/contract/fault.ts";
import { DEFAULT_LIMITS } from "../../kernel/contract/limits.ts";
import { BrokerKit } from "./scripted_broker.ts";

const ASK: CallRequest = { api: "notes", aspect: "default", name: "read", kind: "call" };
const CALLER: CallerFacts = { api: "ui", config: "configs/ui.yml", services: [{ api: "notes" }] };

function seat(limits = {}, in_flight = 0): Seat {
  const { seat } = new BrokerKit().seat("notes", { limits });
  return { ...seat, in_flight };
}
const to = (seat: Seat): Route => ({ to: "seat", seat });
const hold = (limits = {}): Route => ({ to: "hold", limits: { ...DEFAULT_LIMITS, ...limits } });

function refusal(request: Partial<CallRequest>, caller: Partial<CallerFacts>, route: Route | undefined, held = 0) {
  const admitted = admitCall({ ...ASK, ...request }, { ...CALLER, ...caller }, route, held);
  return admitted.ok ? undefined : admitted.fault;
}

Deno.test("admitCall admits a granted call to a seat and says depth and time", () => {
  const target = seat();
  const admitted = admitCall(ASK, CALLER, to(target), 0);
  assert.ok(admitted.ok);
  assert.deepEqual({ ...admitted.value }, { api: "notes", depth: 1, ms: 30_000, seat: target });
});

Deno.test("admitCall refuses a private name first, whatever else is wrong", () => {
  for (const name of ["_secret", "__proto__", "constructor"]) {
    const why = refusal({ name }, { services: [] }, undefined);
    assert.deepEqual([why?.code, why?.message], [
      "private_name",
      `Access to private attribute '${name}' is not allowed`,
    ]);
  }
});

Deno.test("admitCall refuses what is not granted before it looks whether anybody is there", () => {
  const why = refusal({}, { services: [] }, undefined);
  assert.deepEqual([why?.code, why?.message, why?.hint], [
    "not_granted",
    "'ui' may not call 'notes'",
    "add to configs/ui.yml: grants: {services: [notes]}",
  ]);
});

Deno.test("admitCall refuses what any of those has no grant for in whose name the call is made, its own first", () => {
  const under = (...lists: string[][]) => lists.map((apis) => apis.map((api) => ({ api })));
  assert.equal(refusal({}, { under: under(["notes"], ["notes", "store"]) }, to(seat())), undefined);
  assert.equal(refusal({}, { under: [] }, to(seat())), undefined);
  for (const lists of [under(["store"]), under(["notes"], []), under([], ["notes"])]) {
    const why = refusal({}, { under: lists }, undefined);
    assert.deepEqual([why?.code, why?.message], [
      ...["not_granted", "'ui' may not call 'notes' for the caller that it serves"],
    ]);
  }
  assert.equal(refusal({}, { services: [], under: under([]) }, undefined)?.message, "'ui' may not call 'notes'");
});

Deno.test("admitWithin asks for no grant, but keeps every bound", () => {
  const within = (request: Partial<CallRequest>, route: Route | undefined) => {
    const admitted = admitWithin({ ...ASK, ...request }, { ...CALLER, services: [] }, route, 0);
    return admitted.ok ? undefined : admitted.fault.code;
  };
  assert.equal(within({ name: "0" }, to(seat())), undefined);
  assert.equal(within({}, undefined), "service_down");
  assert.equal(within({}, to(seat({ calls_in_flight: 1 }, 1))), "rate_limited");
  assert.equal(within({}, to(seat({ call_depth: 0 }))), "too_deep");
  assert.equal(within({ timeout: 0 }, to(seat())), "timeout");
});

Deno.test("admitCall refuses when nobody is there, quarantined or not, with the same text", () => {
  const text = "Service 'notes' is not active or failed to load.";
  for (
    const [route, code] of [
      [undefined, "service_down"],
      [{ to: "down", because: "stopped" }, "service_down"],
      [{ to: "down", because: "failed" }, "service_down"],
      [{ to: "down", because: "quarantined" }, "quarantined"],
    ] as const
  ) {
    const why = refusal({}, {}, route);
    assert.deepEqual([why?.code, why?.message], [code, text]);
  }
});

Deno.test("admitCall says where to look when a source was refused, and when nothing claims the name", () => {
  const hint = (route: Route | undefined) => refusal({}, {}, route)?.hint ?? "";
  assert.match(hint({ to: "down", because: "failed" }), /newest source was refused .*`status notes`.*`logs notes`/);
  assert.match(hint(undefined), /^no config that could be read claims this name; /);
  assert.equal(hint({ to: "down", because: "stopped" }), FAULTS.service_down.hint);
});

Deno.test("admitCall refuses a name that no module can have, also for the operator", () => {
  assert.equal(refusal({ api: "no such/../name" }, { services: "all" }, to(seat()))?.code, "service_down");
});

Deno.test("admitCall lets the last allowed depth pass and refuses the next, held or not", () => {
  const serving = (depth: number) => ({ serving: { depth, remaining_ms: 1_000 } });
  for (const route of [to(seat({ call_depth: 3 })), hold({ call_depth: 3 })]) {
    assert.equal(refusal({}, serving(2), route), undefined);
    assert.equal(refusal({}, serving(3), route)?.code, "too_deep");
  }
});

Deno.test("admitCall lets the last allowed call in flight pass and refuses the next, held or not", () => {
  assert.equal(refusal({}, {}, to(seat({ calls_in_flight: 2 }, 1))), undefined);
  assert.equal(refusal({}, {}, to(seat({ calls_in_flight: 2 }, 2)))?.code, "rate_limited");
  assert.equal(refusal({}, {}, hold({ calls_in_flight: 2 }), 1), undefined);
  assert.equal(refusal({}, {}, hold({ calls_in_flight: 2 }), 2)?.code, "rate_limited");
});

Deno.test("admitCall leaves a quarter of what a service takes for others: a caller that holds its share waits, another goes on", () => {
  const share = (own: number) => ({ share: () => own });
  const asked = { share: () => assert.fail("not asked while there is room") };
  for (const [route, held] of [[to(seat({ calls_in_flight: 8 }, 5)), 0], [hold({ calls_in_flight: 8 }), 5]] as const) {
    assert.equal(refusal({}, asked, route, held), undefined);
  }
  for (const [route, held] of [[to(seat({ calls_in_flight: 8 }, 7)), 0], [hold({ calls_in_flight: 8 }), 7]] as const) {
    assert.equal(refusal({}, share(5), route, held), undefined);
    assert.deepEqual([refusal({}, share(6), route, held)?.code, refusal({}, share(6), route, held)?.message], [
      "rate_limited",
      "'ui' has 6 calls in flight at 'notes'; one caller may have 6 of limits.calls_in_flight 8",
    ]);
    assert.equal(refusal({}, {}, route, held), undefined, "the operator has no share");
  }
});

Deno.test("admitCall says which limit refused, what it found and who called", () => {
  const hit = (caller: Partial<CallerFacts>, route: Route) => {
    const admitted = admitCall(ASK, { ...CALLER, ...caller }, route, 0);
    return admitted.ok ? undefined : admitted.hit;
  };
  const about = { caller: "ui" };
  const [full, deep] = [to(seat({ calls_in_flight: 2 }, 2)), to(seat({ call_depth: 3 }))];
  assert.deepEqual(hit({}, full), { limit: "calls_in_flight", found: 3, allowed: 2, about });
  assert.deepEqual(hit({ serving: { depth: 3, remaining_ms: 9 } }, deep), {
    limit: "call_depth",
    found: 4,
    allowed: 3,
    about,
  });
  assert.equal(hit({ services: [] }, full), undefined);
});

Deno.test("admitCall does not count a call that is told again a second time", () => {
  assert.equal(refusal({ again: true }, {}, to(seat({ calls_in_flight: 2 }, 2))), undefined);
  assert.equal(refusal({ again: true }, { services: [] }, to(seat()))?.code, "not_granted");
});

Deno.test("admitCall gives a call the least of its own, its caller's and its callee's time", () => {
  const ms = (timeout: number | undefined, remaining_ms: number | undefined) => {
    const serving = remaining_ms === undefined ? {} : { serving: { depth: 1, remaining_ms } };
    const request = { ...ASK, ...(timeout !== undefined && { timeout }) };
    const admitted = admitCall(request, { ...CALLER, ...serving }, to(seat({ call_timeout_ms: 500 })), 0);
    return admitted.ok ? admitted.value.ms : admitted.fault.code;
  };
  assert.deepEqual([ms(undefined, undefined), ms(400, undefined), ms(undefined, 300), ms(600, 700), ms(200, 300)], [
    ...[500, 400, 300, 500, 200],
  ]);
  assert.deepEqual([ms(undefined, 0), ms(0, undefined)], ["timeout", "timeout"]);
});

Deno.test("hadFound is true only for refusals that come after a live instance was found", () => {
  const route = to(seat({ calls_in_flight: 1 }, 1));
  assert.equal(hadFound(route, refusal({}, {}, route)!), true);
  assert.equal(hadFound(route, refusal({ name: "_x" }, {}, route)!), false);
  assert.equal(hadFound(route, refusal({}, { services: [] }, route)!), false);
  assert.equal(hadFound(hold(), refusal({}, {}, hold({ calls_in_flight: 1 }), 1)!), false);
});
