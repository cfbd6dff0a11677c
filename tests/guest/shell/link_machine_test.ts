import assert from "node:assert/strict";
import { fault } from "../../../kernel/contract/fault.ts";
import type { CallKey, CellId, InstanceId } from "../../../kernel/contract/names.ts";
import type { CellMessage, KernelMessage, Payload } from "../../../kernel/contract/wire.ts";
import { ACK_AT } from "../../../kernel/guest/shell/call_voice.ts";
import { POSTPONED_MS } from "../../../kernel/guest/shell/postponed_calls.ts";
import { type LinkEffect, type LinkEvent, LinkMachine } from "../../../kernel/guest/shell/link_machine.ts";
import { decodeValue } from "../../../kernel/primitives/value_codec.ts";

const I = "1.1" as InstanceId;
const OTHER = "1.2" as InstanceId;
const NOTHING = "";
const bytes = (text: string) => new TextEncoder().encode(text);
const me = { cell: "c~1" as CellId, incarnation: "inc", pid: 7, parent: 1 };

/** The machine with a clock of its own; keeps what it said on each link. */
class Script {
  now = 0;
  readonly gone = new Set<InstanceId>();
  readonly machine = new LinkMachine(me, (instance) => !this.gone.has(instance), 0);
  effects: readonly LinkEffect[] = [];

  step(event: LinkEvent): readonly LinkEffect[] {
    this.effects = this.machine.step(event, this.now);
    return this.effects;
  }
  time(ms: number, parent = 1): readonly LinkEffect[] {
    this.now += ms;
    return this.step({ on: "time", parent });
  }
  hear(link: number, message: KernelMessage, payload: Payload = NOTHING): readonly LinkEffect[] {
    return this.step({ on: "message", link, message, payload });
  }
  /** Lets time pass until it connects. */
  connects(): number {
    for (;;) {
      const at = this.machine.wakeAt();
      assert.ok(at !== undefined, "it waits for nothing");
      const connect = this.time(Math.max(0, at - this.now)).find((e) => e.do === "connect");
      if (connect !== undefined) return connect.link;
    }
  }
  attach(link = this.connects()): number {
    this.step({ on: "connected", link });
    this.hear(link, { t: "nonce", nonce: "n", epoch: 1 });
    this.step({ on: "proved", link, proof: "p" });
    this.hear(link, { t: "welcome", epoch: 1 });
    return link;
  }
  call(id: number, more: { parent?: number; instance?: InstanceId } = {}): readonly LinkEffect[] {
    const { instance = I, ...rest } = more;
    return this.step({
      on: "worker",
      instance,
      message: {
        t: "call",
        id,
        api: "b",
        aspect: "default",
        name: "m",
        kind: "call",
        payload: bytes(`args ${id}`),
        ...rest,
      },
    });
  }
  serve(link: number, id: number, key: string, to = I): readonly LinkEffect[] {
    return this.hear(link, {
      ...{ t: "call", id, key: key as CallKey, to, aspect: "default", name: "m", kind: "call" },
      ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 1_000, depth: 1 },
    });
  }
  /** What it said just now, without payloads. */
  get said(): (readonly [number, CellMessage])[] {
    return this.effects.flatMap((e) => e.do === "send" ? [[e.link, e.message] as const] : []);
  }
  get delivered() {
    return this.effects.flatMap((e) => e.do === "deliver" ? [e.message] : []);
  }
}

function faultIn(payload: Payload): { code: string; maybe_ran: boolean } {
  const decoded = decodeValue(payload);
  assert.ok(decoded.ok);
  return decoded.value as never;
}

Deno.test("LinkMachine proves over the nonce and is attached by the welcome only", () => {
  const script = new Script();
  const link = script.connects();
  script.step({ on: "connected", link });
  assert.deepEqual(script.hear(link, { t: "nonce", nonce: "n1", epoch: 3 }), [{ do: "prove", link, nonce: "n1" }]);
  script.step({ on: "proved", link, proof: "p1" });
  assert.deepEqual(script.said, [[link, { t: "attach", cell: "c~1", incarnation: "inc", proof: "p1", pid: 7 }]]);
  assert.deepEqual(script.call(1), []);
  script.hear(link, { t: "welcome", epoch: 3 });
  assert.equal(script.effects[0]!.do, "report");
  assert.equal(script.said[0]![1].t, "call");
  assert.equal("again" in script.said[0]![1], false);
});

Deno.test("LinkMachine tries again when a link ends before its welcome, at every point", () => {
  const steps: LinkEvent[] = [
    { on: "connected", link: 0 },
    { on: "message", link: 0, message: { t: "nonce", nonce: "n", epoch: 1 }, payload: NOTHING },
    { on: "proved", link: 0, proof: "p" },
  ];
  for (let reached = 0; reached <= steps.length; reached++) {
    const script = new Script();
    const link = script.connects();
    for (const step of steps.slice(0, reached)) script.step({ ...step, link } as LinkEvent);
    assert.deepEqual(script.step({ on: "closed", link }), []);
    const next = script.connects();
    assert.notEqual(next, link);
    script.attach(next);
    assert.equal(script.effects[0]!.do, "report", `after ${reached} steps`);
    assert.deepEqual(script.hear(link, { t: "welcome", epoch: 1 }), [], "the old link's welcome is nobody's");
  }
});

Deno.test("LinkMachine gives a silent link 250 ms, then closes it and tries again", () => {
  for (const said of [0, 1]) {
    const script = new Script();
    const link = script.connects();
    script.step({ on: "connected", link });
    if (said === 1) script.hear(link, { t: "nonce", nonce: "n", epoch: 1 });
    assert.deepEqual(script.time(249), []);
    assert.deepEqual(script.time(1), [{ do: "close", link }]);
    assert.equal(script.machine.wakeAt(), script.now + 1);
  }
});

Deno.test("LinkMachine waits 1, 2, 5, 10, 20, 50, 100, 250, 250 ms between its tries", () => {
  const script = new Script();
  const pauses = [];
  for (let i = 0; i < 9; i++) {
    script.step({ on: "closed", link: script.connects() });
    pauses.push(script.machine.wakeAt()! - script.now);
  }
  assert.deepEqual(pauses, [1, 2, 5, 10, 20, 50, 100, 250, 250]);
  script.step({ on: "closed", link: script.attach() });
  assert.equal(script.machine.wakeAt()! - script.now, 1);
});

Deno.test("LinkMachine ends when nobody welcomed it for 10 s, but tries for ever once it was attached", () => {
  const early = new Script();
  early.step({ on: "closed", link: early.connects() });
  early.now = 9_999;
  assert.equal(early.step({ on: "time", parent: 1 })[0]?.do, "connect");
  early.step({ on: "closed", link: 2 });
  early.now = 10_000;
  assert.deepEqual(early.step({ on: "time", parent: 1 }), [{ do: "end", code: 1, reason: "no kernel let it attach" }]);

  const attached = new Script();
  attached.step({ on: "closed", link: attached.attach() });
  attached.now += 3_600_000;
  assert.equal(attached.step({ on: "time", parent: 1 })[0]?.do, "connect");
});

Deno.test("LinkMachine ends when its parent is another, once", () => {
  const script = new Script();
  script.step({ on: "closed", link: script.attach() });
  assert.deepEqual(script.time(5, 77), [{ do: "end", code: 1, reason: "the parent is gone" }]);
  assert.deepEqual(script.time(5, 77), []);
  assert.equal(script.machine.wakeAt(), undefined);
});

Deno.test("LinkMachine ends in order on bye", () => {
  const script = new Script();
  const link = script.attach();
  assert.deepEqual(script.hear(link, { t: "bye" }), [{ do: "end", code: 0, reason: "the host stops" }]);
});

Deno.test("LinkMachine says an unanswered call again on the next link: same id, same payload, again", () => {
  const script = new Script();
  const first = script.attach();
  script.call(1);
  script.call(2);
  const ids = script.effects.flatMap((e) => e.do === "send" && e.message.t === "call" ? [e.message.id] : []);
  assert.deepEqual(ids, [2]);
  script.hear(first, { t: "reply", id: 2, ok: true, live: true }, bytes("answer"));
  assert.deepEqual(script.delivered, [{
    t: "reply",
    id: 2,
    ok: true,
    live: true,
    streams: 0,
    payload: bytes("answer"),
  }]);
  script.step({ on: "closed", link: first });
  script.call(3);
  script.attach();
  const calls = script.effects.flatMap((e) => e.do === "send" && e.message.t === "call" ? [e] : []);
  assert.deepEqual(calls.map(({ message }) => [(message as { id: number }).id, "again" in message]), [[1, true], [
    3,
    false,
  ]]);
  assert.deepEqual(calls[0]!.payload, bytes("args 1"));
});

Deno.test("LinkMachine delivers an answer once and acknowledges it each time it comes, when time has passed", () => {
  const script = new Script();
  const link = script.attach();
  for (const id of [1, 2, 3, 4]) script.call(id);
  for (const id of [1, 3, 2]) script.hear(link, { t: "reply", id, ok: true, live: true });
  assert.deepEqual(script.step({ on: "turn" }), [], "that has time");
  script.time(250);
  assert.deepEqual(script.said, [[link, { t: "ack", ids: [[1, 3]] }]]);
  assert.deepEqual(script.hear(link, { t: "reply", id: 2, ok: true, live: true }), []);
  script.hear(link, { t: "reply", id: 99, ok: true, live: true });
  script.time(250);
  assert.deepEqual(script.said, [[link, { t: "ack", ids: [[2, 2]] }]]);
  assert.deepEqual(script.time(250), []);
});

Deno.test("LinkMachine acknowledges at the end of the turn when there are ACK_AT answers, not one before", () => {
  const script = new Script();
  const link = script.attach();
  for (let id = 1; id <= ACK_AT; id++) script.call(id);
  for (let id = 1; id < ACK_AT; id++) script.hear(link, { t: "reply", id, ok: true, live: true });
  assert.deepEqual(script.step({ on: "turn" }), []);
  script.hear(link, { t: "reply", id: ACK_AT, ok: true, live: true });
  script.step({ on: "turn" });
  assert.deepEqual(script.said, [[link, { t: "ack", ids: [[1, ACK_AT]] }]]);
});

Deno.test("LinkMachine runs a key once: while it runs the answer goes to the newest link that asked", () => {
  const script = new Script();
  const first = script.attach();
  script.serve(first, 10, "x#1");
  const [call] = script.delivered;
  assert.equal(call?.t, "call");
  script.step({ on: "closed", link: first });
  const second = script.attach();
  assert.deepEqual((script.effects[0] as unknown as { holds: string[] }).holds, ["x#1"]);
  assert.deepEqual(script.serve(second, 3, "x#1"), []);
  script.step({
    on: "worker",
    instance: I,
    message: { t: "reply", id: (call as { id: number }).id, ok: true, streams: 0, payload: bytes("r") },
  });
  assert.deepEqual(script.effects, [{
    do: "send",
    link: second,
    message: { t: "reply", id: 3, ok: true },
    payload: bytes("r"),
  }]);
  script.serve(second, 4, "x#1");
  assert.deepEqual(script.effects, [{
    do: "send",
    link: second,
    message: { t: "reply", id: 4, ok: true },
    payload: bytes("r"),
  }]);
});

Deno.test("LinkMachine keeps an answer whose link is closed until it is asked for again, and says it on no other link unasked", () => {
  const script = new Script();
  const first = script.attach();
  script.serve(first, 10, "x#1");
  const { id } = script.delivered[0] as { id: number };
  script.step({ on: "closed", link: first });
  script.step({ on: "worker", instance: I, message: { t: "reply", id, ok: true, streams: 0, payload: bytes("r") } });
  assert.deepEqual(script.effects, []);
  const second = script.attach();
  assert.deepEqual(script.said, []);
  script.serve(second, 1, "x#1");
  assert.deepEqual(script.said, [[second, { t: "reply", id: 1, ok: true }]]);
  script.hear(second, { t: "ack", of: "x", ids: [[1, 1]] });
  assert.equal(script.serve(second, 2, "x#1")[0]?.do, "deliver", "an acknowledged answer is forgotten");
});

Deno.test("LinkMachine refuses a call for an instance that is not there, without using up its key", () => {
  const script = new Script();
  const link = script.attach();
  script.gone.add(I);
  const [effect] = script.serve(link, 1, "x#1") as unknown as [{ message: CellMessage; payload: Payload }];
  assert.deepEqual(effect.message, { t: "reply", id: 1, ok: false, code: "moved" });
  assert.equal(faultIn(effect.payload).maybe_ran, false);
  script.gone.delete(I);
  assert.equal(script.serve(link, 2, "x#1")[0]?.do, "deliver");
});

Deno.test("LinkMachine passes a cancel of the asking link on, sends no answer then, and keeps a fault for whoever asks again", () => {
  const script = new Script();
  const link = script.attach();
  script.serve(link, 5, "x#1");
  const { id } = script.delivered[0] as { id: number };
  assert.deepEqual(script.hear(link, { t: "cancel", id: 6 }), []);
  script.hear(link, { t: "cancel", id: 5 });
  assert.deepEqual(script.effects, [{ do: "deliver", instance: I, message: { t: "cancel", id } }]);
  assert.deepEqual(
    script.step({ on: "worker", instance: I, message: { t: "reply", id, ok: true, streams: 0, payload: NOTHING } }),
    [],
  );
  script.serve(link, 9, "x#1");
  assert.deepEqual(script.said, [[link, { t: "reply", id: 9, ok: false, code: "cancelled" }]]);
});

Deno.test("LinkMachine cancels a call on its link; one that was never sent ends at once", () => {
  const script = new Script();
  script.call(1);
  script.step({ on: "worker", instance: I, message: { t: "cancel", id: 1 } });
  assert.equal((script.delivered[0] as { code: string }).code, "cancelled");
  const link = script.attach();
  assert.equal(script.said.length, 0);
  script.call(2);
  script.step({ on: "worker", instance: I, message: { t: "cancel", id: 2 } });
  assert.deepEqual(script.said, [[link, { t: "cancel", id: 2 }]]);
  assert.deepEqual(script.step({ on: "worker", instance: I, message: { t: "cancel", id: 2 } }), []);
  script.step({ on: "closed", link });
  const next = script.attach();
  assert.deepEqual(
    script.said.map(([link, { t }]) => [link, t]),
    [[next, "call"], [next, "cancel"]],
    "whoever runs it must hear of it",
  );
});

Deno.test("LinkMachine answers what a gone Worker served with module_killed, and drops what it asked", () => {
  const script = new Script();
  const link = script.attach();
  script.serve(link, 5, "x#1");
  script.serve(link, 6, "x#2", OTHER);
  script.call(1);
  script.step({ on: "gone", instance: I });
  assert.deepEqual(script.said, [
    [link, { t: "reply", id: 5, ok: false, code: "module_killed" }],
    [link, { t: "cancel", id: 1 }],
  ]);
  assert.equal(faultIn((script.effects[0] as { payload: Payload }).payload).maybe_ran, true);
  assert.deepEqual(script.hear(link, { t: "reply", id: 1, ok: true, live: true }), [], "nobody waits");
});

Deno.test("LinkMachine ignores a reply of one instance to a call of another", () => {
  const script = new Script();
  const link = script.attach();
  script.serve(link, 5, "x#1");
  const { id } = script.delivered[0] as { id: number };
  assert.deepEqual(
    script.step({ on: "worker", instance: OTHER, message: { t: "reply", id, ok: true, streams: 0, payload: NOTHING } }),
    [],
  );
});

Deno.test("LinkMachine on newer attaches to the successor too, fences the old link last and sends root calls to the new one", () => {
  const script = new Script();
  const first = script.attach();
  script.serve(first, 10, "x#1");
  const { id: serial } = script.delivered[0] as { id: number };
  script.hear(first, { t: "newer" });
  const second = (script.effects[0] as { link: number }).link;
  assert.deepEqual(script.effects, [{ do: "connect", link: second }]);
  script.call(1);
  assert.equal(script.said[0]![0], first, "until the welcome the old link is the newest");
  script.attach(second);
  const fence = { do: "send", link: first, message: { t: "fence" }, payload: undefined };
  assert.deepEqual(script.effects[0], fence);
  assert.equal(script.effects[1]!.do, "report");
  assert.deepEqual(script.said.length, 1, "what lives on the old link is not said again");
  script.call(2);
  assert.equal(script.said[0]![0], second);
  script.call(3, { parent: serial });
  assert.deepEqual(
    [script.said[0]![0], (script.said[0]![1] as { parent?: number }).parent],
    [first, 10],
    "nested calls stay",
  );
  script.step({
    on: "worker",
    instance: I,
    message: { t: "reply", id: serial, ok: true, streams: 0, payload: NOTHING },
  });
  assert.equal(script.said[0]![0], first, "the answer goes where it was asked");
  script.step({ on: "closed", link: first });
  assert.deepEqual(script.said.map(([link, m]) => [link, (m as { id: number }).id, "again" in m]), [[second, 1, true], [
    second,
    3,
    true,
  ]]);
});

Deno.test("LinkMachine says a nested call on a new link only after the call it belongs to has been asked for there", () => {
  const script = new Script();
  const first = script.attach();
  script.serve(first, 10, "x#1");
  const { id: serial } = script.delivered[0] as { id: number };
  script.call(1, { parent: serial });
  script.step({ on: "closed", link: first });
  const second = script.attach();
  assert.deepEqual(script.said, [], "the new kernel would not know whose call it is");
  assert.deepEqual(script.call(2, { parent: serial }), []);
  script.serve(second, 4, "x#1");
  const said: readonly (readonly [number, CellMessage])[] = script.said;
  const calls = said.map(([link, message]) => ({ link, ...message as { id: number; parent?: number } }));
  assert.deepEqual(calls.map(({ link, id, parent }) => [link, id, parent]), [[second, 1, 4], [second, 2, 4]]);
  assert.deepEqual(calls.map((call) => "again" in call), [true, false]);
  script.call(3, { parent: serial });
  assert.equal((script.said[0]![1] as { parent?: number }).parent, 4);
  script.call(4, { parent: serial, instance: OTHER });
  assert.equal("parent" in script.said[0]![1], false, "a call that another instance serves is nobody's parent");
});

Deno.test("LinkMachine says a nested call alone when the call it belongs to is over, or nobody has asked for it in time", () => {
  for (const end of ["answered", "nobody asks", "cancelled"] as const) {
    const script = new Script();
    const first = script.attach();
    script.serve(first, 10, "x#1");
    const { id: serial } = script.delivered[0] as { id: number };
    script.step({ on: "closed", link: first });
    const second = script.attach();
    assert.deepEqual(script.call(1, { parent: serial }), []);
    if (end === "answered") {
      const reply = { t: "reply", id: serial, ok: true, streams: 0, payload: NOTHING } as const;
      script.step({ on: "worker", instance: I, message: reply });
    } else if (end === "nobody asks") {
      assert.deepEqual(script.time(POSTPONED_MS - 1), []);
      script.time(1);
    } else {
      script.step({ on: "worker", instance: I, message: { t: "cancel", id: 1 } });
      assert.equal((script.delivered[0] as { code: string }).code, "cancelled");
      script.serve(second, 4, "x#1");
      assert.deepEqual(script.effects, []);
      continue;
    }
    const [link, message] = script.said[0]!;
    assert.deepEqual([link, message.t, "parent" in message], [second, "call", false], end);
  }
});

Deno.test("LinkMachine seeks again when the newest link ends while an older one drains, and lets root calls wait", () => {
  const script = new Script();
  const first = script.attach();
  script.hear(first, { t: "newer" });
  const second = (script.effects[0] as { link: number }).link;
  script.attach(second);
  script.step({ on: "closed", link: second });
  assert.deepEqual(script.call(1), [], "a fenced link takes no root call");
  const third = script.attach();
  assert.deepEqual(script.said.map(([link, { t }]) => [link, t]), [[third, "call"]]);
});

Deno.test("LinkMachine stays with the old kernel when the successor never welcomes it", () => {
  const script = new Script();
  const first = script.attach();
  script.hear(first, { t: "newer" });
  const second = (script.effects[0] as { link: number }).link;
  script.step({ on: "closed", link: second });
  script.call(1);
  assert.equal(script.said[0]![0], first);
  assert.notEqual(script.machine.wakeAt(), undefined, "and goes on trying");
});

Deno.test("LinkMachine tells the next kernel of failures and ends that nobody heard, after its report", () => {
  const script = new Script();
  script.step({ on: "say", message: { t: "ended", instance: I, what: "run" } });
  script.step({ on: "say", message: { t: "loaded", instance: I }, payload: bytes("{}") });
  script.step({ on: "say", message: { t: "vetted", id: 1, ok: true }, link: 9 });
  const link = script.attach();
  assert.equal(script.effects[0]!.do, "report");
  assert.deepEqual(script.said, [[link, { t: "ended", instance: I, what: "run" }]], "a report tells the rest");
});

Deno.test("LinkMachine answers a call that is too large with the fault, and so an answer", () => {
  const script = new Script();
  const link = script.attach();
  const call = { t: "call", id: 3, key: "x#1", to: I } as unknown as KernelMessage;
  const why = fault("too_large", "too large");
  script.step({ on: "refused", link, message: call, why });
  assert.deepEqual(script.said, [[link, { t: "reply", id: 3, ok: false, code: "too_large" }]]);
  script.call(1);
  script.step({ on: "refused", link, message: { t: "reply", id: 1, ok: true, live: true }, why });
  const [reply] = script.delivered as unknown as [{ id: number; code: string; payload: Payload }];
  assert.deepEqual([reply.id, reply.code, faultIn(reply.payload).maybe_ran], [1, "too_large", true]);
});

Deno.test("LinkMachine says a call once more where the kernel asks for its words, and none that is over", () => {
  const script = new Script();
  const link = script.attach();
  script.call(1);
  script.hear(link, { t: "resay", id: 1 });
  const [call] = script.said.map((said) => said[1]) as (CellMessage & { t: "call" })[];
  assert.deepEqual([call!.t, call!.id, call!.resaid, call!.again], ["call", 1, true, undefined]);
  script.hear(link, { t: "reply", id: 1, ok: true, live: true });
  assert.deepEqual(script.hear(link, { t: "resay", id: 1 }), []);
  assert.deepEqual(script.hear(link, { t: "resay", id: 99 }), []);
});
