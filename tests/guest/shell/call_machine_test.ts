/** The traffic of calls where it has streams, lent functions and broken links; link_machine_test.ts has the rest of it. */
import assert from "node:assert/strict";
import type { CallKey, InstanceId } from "../../../kernel/contract/names.ts";
import type { CellMessage, KernelMessage, Payload, StreamWord } from "../../../kernel/contract/wire.ts";
import type { PortStreamWord, ToWorker } from "../../../kernel/guest/port.ts";
import { CallMachine, type KernelWord, type WorkerWord } from "../../../kernel/guest/shell/call_machine.ts";

const I = "1.1" as InstanceId;
const OTHER = "1.2" as InstanceId;
type WorkerCall = WorkerWord & { t: "call" };

/** A machine whose links are what the test says, and what it has done since the last look. */
class Traffic {
  now = 0;
  readonly attached = new Set<number>();
  root: number | undefined;
  readonly machine: CallMachine;

  constructor() {
    const links = {
      isAttached: (link: number) => this.attached.has(link),
      others: (link: number) => [...this.attached].filter((other) => other !== link),
    } as { root: number | undefined; isAttached(link: number): boolean; others(link: number): number[] };
    Object.defineProperty(links, "root", { get: () => this.root });
    this.machine = new CallMachine(links, () => true);
    this.attach(1);
  }
  attach(link: number): void {
    this.attached.add(link);
    this.root = link;
    this.machine.attached(link, this.now);
  }
  lose(link: number): void {
    this.attached.delete(link);
    this.root = [...this.attached].at(-1);
    this.machine.lost(link, this.now);
  }
  /** The module makes a call. */
  calls(id: number, more: Partial<WorkerCall> = {}, instance = I): void {
    this.machine.fromWorker(instance, {
      ...{ t: "call", id, api: "b", aspect: "default", name: "m", kind: "call", payload: `args ${id}` },
      ...more,
    }, this.now);
  }
  worker(word: WorkerWord, instance = I): void {
    this.machine.fromWorker(instance, word, this.now);
  }
  /** The kernel asks for a call; gives the shell's number for it. */
  serve(link: number, id: number, key: string, more: Partial<KernelMessage & { t: "call" }> = {}): number {
    this.kernel(link, {
      ...{ t: "call", id, key: key as CallKey, to: I, aspect: "default", name: "m", kind: "call" },
      ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 1_000, depth: 1 },
      ...more,
    });
    const served = this.delivered.findLast((message) => message.t === "call");
    return (served as { id: number } | undefined)?.id ?? -1;
  }
  kernel(link: number, word: KernelWord, payload: Payload = ""): void {
    this.look();
    this.machine.fromKernel(link, word, payload, this.now);
    this.look();
  }
  said: (readonly [link: number, CellMessage, Payload | undefined])[] = [];
  delivered: ToWorker[] = [];
  /** Takes what was done since the last look. */
  look(): this {
    this.said = [];
    this.delivered = [];
    for (const effect of this.machine.takeEffects()) {
      if (effect.do === "send") this.said.push([effect.link, effect.message, effect.payload]);
      else this.delivered.push(effect.message);
    }
    return this;
  }
}
const words = (said: Traffic["said"]) => said.map(([link, message]) => [link, message]);
const pull = (at: "caller" | "callee", id: number): StreamWord & PortStreamWord => ({
  ...{ t: "pull", at, id, no: 0, upto: 9, bytes: 9 },
});

Deno.test("streams of an answer go through under the numbers that each side knows, and the call is over with the last", () => {
  const traffic = new Traffic();
  const serial = traffic.serve(1, 70, "x#1");
  traffic.worker({ t: "reply", id: serial, ok: true, streams: 2, payload: "[]" });
  assert.deepEqual(traffic.look().said, [[1, { t: "reply", id: 70, ok: true, streams: 2 }, "[]"]]);
  traffic.kernel(1, pull("callee", 70));
  assert.deepEqual(traffic.delivered, [pull("callee", serial)]);
  traffic.worker({ t: "items", at: "callee", id: serial, no: 0, count: 1, payload: "[1]" });
  assert.deepEqual(traffic.look().said, [[1, { t: "items", at: "callee", id: 70, no: 0, count: 1 }, "[1]"]]);
  assert.ok(traffic.machine.owes(I));
  for (const no of [0, 1]) traffic.worker({ t: "end", at: "callee", id: serial, no, payload: "" });
  assert.deepEqual(words(traffic.look().said), [0, 1].map((no) => [1, { t: "end", at: "callee", id: 70, no }]));
  assert.equal(traffic.machine.owes(I), false);
  traffic.serve(1, 71, "x#1");
  assert.deepEqual(
    words(traffic.said),
    [[1, { t: "reply", id: 71, ok: false, code: "moved" }]],
    "nobody can tell them again",
  );
});

Deno.test("streams of an answer to a call that was made reach its module, and the answer is acknowledged at their end", () => {
  const traffic = new Traffic();
  traffic.calls(5);
  const [, said] = traffic.look().said[0]!;
  const { id } = said as { id: number };
  traffic.kernel(1, { t: "reply", id, ok: true, live: true, streams: 1 }, "[]");
  assert.deepEqual(traffic.delivered, [{ t: "reply", id: 5, ok: true, live: true, streams: 1, payload: "[]" }]);
  traffic.worker(pull("caller", 5));
  assert.deepEqual(words(traffic.look().said), [[1, pull("caller", id)]]);
  traffic.kernel(1, { t: "items", at: "caller", id, no: 0, count: 1 }, "[7]");
  assert.deepEqual(traffic.delivered, [{ t: "items", at: "caller", id: 5, no: 0, count: 1, payload: "[7]" }]);
  traffic.machine.expire(0);
  assert.deepEqual(traffic.look().said, [], "not before the end");
  traffic.kernel(1, { t: "end", at: "caller", id, no: 0 });
  assert.deepEqual(traffic.delivered, [{ t: "end", at: "caller", id: 5, no: 0, payload: "" }]);
  traffic.machine.expire(0);
  assert.deepEqual(words(traffic.look().said), [[1, { t: "ack", ids: [[id, id]] }]]);
  assert.equal(traffic.machine.madeBytes, 0);
});

Deno.test("streams of arguments go the other way round", () => {
  const traffic = new Traffic();
  traffic.calls(5, { lends: { streams: 1 } });
  const [, call] = traffic.look().said[0]! as unknown as [number, { id: number; lends: unknown }];
  assert.deepEqual(call.lends, { streams: 1 });
  traffic.kernel(1, pull("caller", call.id));
  assert.deepEqual(traffic.delivered, [pull("caller", 5)]);
  traffic.worker({ t: "items", at: "caller", id: 5, no: 0, count: 1, payload: "[1]" });
  assert.deepEqual(traffic.look().said, [[1, { t: "items", at: "caller", id: call.id, no: 0, count: 1 }, "[1]"]]);
  const serial = traffic.serve(1, 70, "x#1", { streams: 1 });
  assert.equal((traffic.delivered[0] as unknown as { streams: number }).streams, 1);
  traffic.kernel(1, { t: "items", at: "callee", id: 70, no: 0, count: 1 }, "[2]");
  assert.deepEqual(traffic.delivered, [{ t: "items", at: "callee", id: serial, no: 0, count: 1, payload: "[2]" }]);
  traffic.worker(pull("callee", serial));
  assert.deepEqual(words(traffic.look().said), [[1, pull("callee", 70)]]);
});

Deno.test("a call with streams ends as moved when its link breaks, at both ends, and is not said again", () => {
  for (const lends of [true, false]) {
    const traffic = new Traffic();
    traffic.calls(5, lends ? { lends: { streams: 1 } } : {});
    const { id } = traffic.look().said[0]![1] as { id: number };
    if (!lends) traffic.kernel(1, { t: "reply", id, ok: true, live: true, streams: 1 }, "[]");
    const serial = traffic.serve(1, 70, "x#1", lends ? { streams: 1 } : {});
    if (!lends) traffic.worker({ t: "reply", id: serial, ok: true, streams: 1, payload: "[]" });
    traffic.look().lose(1);
    traffic.look();
    assert.deepEqual(traffic.delivered.map((word) => [word.t, (word as { id: number }).id]), [
      ["cancel", serial],
      ["reply", 5],
    ]);
    const reply = traffic.delivered[1] as { ok: boolean; code: string; payload: string };
    assert.deepEqual([reply.ok, reply.code, JSON.parse(reply.payload).maybe_ran], [false, "moved", true]);
    traffic.attach(2);
    assert.deepEqual(traffic.look().said, []);
    traffic.serve(2, 3, "x#1");
    assert.deepEqual(words(traffic.said), [[2, { t: "reply", id: 3, ok: false, code: "moved" }]]);
    traffic.worker({ t: "items", at: "callee", id: serial, no: 0, count: 1, payload: "[1]" });
    traffic.worker({ t: "reply", id: serial, ok: true, streams: 0, payload: "late" });
    traffic.worker({ t: "items", at: "caller", id: 5, no: 0, count: 1, payload: "[1]" });
    assert.deepEqual(traffic.look().said, []);
  }
});

Deno.test("a call without streams beside one with streams is said again all the same", () => {
  const traffic = new Traffic();
  traffic.calls(5, { lends: { streams: 1 } });
  traffic.calls(6);
  traffic.look().lose(1);
  traffic.attach(2);
  const said = traffic.look().said.map(([link, message]) => [link, message.t, "again" in message]);
  assert.deepEqual(said, [[2, "call", true]]);
});

Deno.test("a call that lends streams and was never said goes out whole on the first link there is", () => {
  const traffic = new Traffic();
  traffic.lose(1);
  traffic.calls(5, { lends: { streams: 1 } });
  assert.deepEqual(traffic.look().said, []);
  traffic.attach(2);
  const [link, message] = traffic.look().said[0]! as unknown as [number, { lends: unknown; again?: true }];
  assert.deepEqual([link, message.lends, message.again], [2, { streams: 1 }, undefined]);
});

Deno.test("words about streams count only on the link of their call, and from the instance that has it", () => {
  const traffic = new Traffic();
  traffic.calls(5);
  const { id } = traffic.look().said[0]![1] as { id: number };
  traffic.kernel(1, { t: "reply", id, ok: true, live: true, streams: 1 });
  const serial = traffic.serve(1, 70, "x#1");
  traffic.worker({ t: "reply", id: serial, ok: true, streams: 1, payload: "" });
  traffic.attach(2);
  traffic.look();
  for (const word of [pull("callee", 70), { t: "items", at: "caller", id, no: 0, count: 1 } as const]) {
    traffic.kernel(2, word, "[1]");
    assert.deepEqual(traffic.delivered, []);
  }
  traffic.worker({ t: "end", at: "callee", id: serial, no: 0, payload: "" }, OTHER);
  traffic.worker({ t: "end", at: "callee", id: 99, no: 0, payload: "" });
  traffic.worker({ t: "stop", at: "caller", id: 99, no: 0 });
  traffic.worker({ t: "stop", at: "caller", id: 5, no: 0 }, OTHER);
  assert.deepEqual(traffic.look().said, []);
  assert.ok(traffic.machine.owes(I));
});

Deno.test("what ends a call with streams out reaches its module as a second answer", () => {
  const traffic = new Traffic();
  traffic.calls(5);
  const { id } = traffic.look().said[0]![1] as { id: number };
  traffic.kernel(1, { t: "reply", id, ok: true, live: true, streams: 1 });
  traffic.kernel(1, { t: "reply", id, ok: false, live: true, code: "module_killed" }, "{}");
  assert.deepEqual(traffic.delivered, [{
    ...{ t: "reply", id: 5, ok: false, live: true, code: "module_killed", streams: 0, payload: "{}" },
  }]);
  traffic.kernel(1, { t: "items", at: "caller", id, no: 0, count: 1 }, "[1]");
  assert.deepEqual([traffic.delivered, traffic.machine.madeBytes], [[], 0]);
});

Deno.test("a failed answer has no streams, whatever it says", () => {
  const traffic = new Traffic();
  const serial = traffic.serve(1, 70, "x#1");
  traffic.worker({ t: "reply", id: serial, ok: false, code: "module_error", streams: 3, payload: "{}" });
  assert.deepEqual(words(traffic.look().said), [[1, { t: "reply", id: 70, ok: false, code: "module_error" }]]);
  assert.equal(traffic.machine.owes(I), false);
});

Deno.test("a lent function is called in the Worker under that Worker's own number of the call that lent it", () => {
  const traffic = new Traffic();
  traffic.calls(5, { lends: { functions: 1 } });
  const { id } = traffic.look().said[0]![1] as { id: number };
  const serial = traffic.serve(1, 70, "b#1", { kind: "lent", name: "0", made: id });
  const [call] = traffic.delivered as [ToWorker & { t: "call" }];
  assert.deepEqual([call.id, call.kind, call.name, call.made], [serial, "lent", "0", 5]);
  traffic.kernel(1, { t: "reply", id, ok: true, live: true });
  traffic.serve(1, 71, "b#2", { kind: "lent", name: "0", made: id });
  assert.deepEqual(words(traffic.said), [[1, { t: "reply", id: 71, ok: false, code: "cancelled" }]]);
  assert.deepEqual(traffic.delivered, []);
});

Deno.test("a lent function is nobody's but the instance's that lent it", () => {
  const traffic = new Traffic();
  traffic.calls(5, { lends: { functions: 1 } }, OTHER);
  const { id } = traffic.look().said[0]![1] as { id: number };
  for (const made of [id, 99, undefined]) {
    traffic.serve(1, 70, "b#1", { kind: "lent", name: "0", ...(made !== undefined && { made }) });
    assert.deepEqual([traffic.delivered, (traffic.said[0]![1] as { code: string }).code], [[], "cancelled"]);
  }
});

Deno.test("a call to a lent function that runs is told again on a new link though the call that lent it is over meanwhile", () => {
  const traffic = new Traffic();
  traffic.calls(5, { lends: { functions: 1 } });
  const { id } = traffic.look().said[0]![1] as { id: number };
  const serial = traffic.serve(1, 70, "b#1", { kind: "lent", name: "0", made: id });
  traffic.kernel(1, { t: "reply", id, ok: true, live: true });
  traffic.attach(2);
  traffic.serve(2, 3, "b#1", { kind: "lent", name: "0", made: id });
  assert.deepEqual([traffic.delivered, traffic.said], [[], []]);
  traffic.worker({ t: "reply", id: serial, ok: true, streams: 0, payload: "1" });
  assert.deepEqual(words(traffic.look().said), [[2, { t: "reply", id: 3, ok: true }]]);
});

Deno.test("a function that is taken back is told to the kernel, for its own instance", () => {
  const traffic = new Traffic();
  traffic.worker({ t: "revoke", name: "on_change" });
  assert.deepEqual(words(traffic.look().said), [[1, { t: "revoke", from: I, name: "on_change" }]]);
});

Deno.test("a call back that waits for the call it belongs to ends as moved when that is over", () => {
  const traffic = new Traffic();
  const serial = traffic.serve(1, 70, "a#1");
  traffic.lose(1);
  traffic.attach(2);
  traffic.calls(5, { kind: "lent", name: "0", parent: serial });
  assert.deepEqual(traffic.look().said, []);
  traffic.worker({ t: "reply", id: serial, ok: true, streams: 0, payload: "" });
  traffic.look();
  const reply = traffic.delivered[0] as ToWorker & { t: "reply" };
  assert.deepEqual([reply.id, reply.code, JSON.parse(reply.payload as string).maybe_ran], [5, "moved", false]);
});

Deno.test("a call that was said before and is given up while it waits is said with its cancel: whoever runs it must hear", () => {
  const traffic = new Traffic();
  const serial = traffic.serve(1, 70, "a#1");
  traffic.calls(5, { parent: serial });
  traffic.look().lose(1);
  traffic.attach(2);
  traffic.worker({ t: "cancel", id: 5 });
  assert.deepEqual(traffic.look().said, []);
  traffic.serve(2, 4, "a#1");
  assert.deepEqual(traffic.said.map(([link, message]) => [link, message.t]), [[2, "call"], [2, "cancel"]]);
});

const callsSaid = (traffic: Traffic) =>
  traffic.said.flatMap(([link, message]) => message.t === "call" ? [[link, message.id]] : []);

Deno.test("a call that a former kernel hands back is said to the newer one at once, under its number", () => {
  const traffic = new Traffic();
  traffic.calls(5);
  const id = (traffic.look().said[0]![1] as { id: number }).id;
  traffic.attach(2);
  assert.deepEqual(callsSaid(traffic.look()), [], "the former one has it");
  traffic.kernel(1, { t: "hand_back", id });
  assert.deepEqual(callsSaid(traffic), [[2, id]]);
  traffic.kernel(1, { t: "hand_back", id });
  assert.deepEqual(callsSaid(traffic), [], "it is not on that link any more");
  traffic.lose(1);
  assert.deepEqual(callsSaid(traffic.look()), [], "nor is it said again for that link's end");
  traffic.kernel(2, { t: "reply", id, ok: true, live: true }, "7");
  assert.deepEqual(traffic.delivered, [{ t: "reply", id: 5, ok: true, live: true, streams: 0, payload: "7" }]);
});

Deno.test("a call that is handed back before the newer kernel is there waits for it", () => {
  const traffic = new Traffic();
  traffic.calls(5);
  const id = (traffic.look().said[0]![1] as { id: number }).id;
  traffic.kernel(1, { t: "hand_back", id });
  assert.deepEqual(traffic.said, []);
  traffic.attach(2);
  assert.deepEqual(callsSaid(traffic.look()), [[2, id]]);
});

Deno.test("a call that is handed back and was cancelled ends here, whichever came first", () => {
  for (const first of ["cancel", "hand_back"] as const) {
    const traffic = new Traffic();
    traffic.calls(5);
    const id = (traffic.look().said[0]![1] as { id: number }).id;
    const delivered: ToWorker[] = [];
    for (const t of [first, first === "cancel" ? "hand_back" : "cancel"]) {
      if (t === "cancel") traffic.worker({ t: "cancel", id: 5 });
      else traffic.machine.fromKernel(1, { t: "hand_back", id }, "", 0);
      delivered.push(...traffic.look().delivered);
    }
    assert.equal(delivered.length, 1, first);
    assert.equal((delivered[0] as { code?: string }).code, "cancelled");
    traffic.attach(2);
    assert.deepEqual(callsSaid(traffic.look()), [], first);
  }
});

Deno.test("a kernel hands back only what is on its own link", () => {
  const traffic = new Traffic();
  traffic.attach(2);
  traffic.calls(5);
  const [link, call] = traffic.look().said[0]! as unknown as [number, { id: number }];
  assert.equal(link, 2);
  traffic.kernel(1, { t: "hand_back", id: call.id });
  traffic.kernel(1, { t: "hand_back", id: 4_711 });
  assert.deepEqual([traffic.said, traffic.delivered], [[], []]);
});

Deno.test("what a call lends for longer is told to every kernel that does not have that call, on whichever side of a hand-over it is made", () => {
  const traffic = new Traffic();
  const lends = { kept: ["on_change"] };
  const serial = traffic.serve(1, 7, "a~1!i#1");
  const said = () => traffic.look().said.map(([link, message]) => [link, message.t === "call" ? "call" : message]);
  traffic.calls(1, { lends });
  assert.deepEqual(said(), [[1, "call"]], "there is one kernel");
  traffic.attach(2);
  traffic.look();
  const told = { t: "lend", from: I, names: ["on_change"], api: "b" };
  traffic.calls(2, { lends, parent: serial });
  assert.deepEqual(said(), [[1, "call"], [2, told]]);
  traffic.calls(3, { lends });
  assert.deepEqual(said(), [[2, "call"], [1, told]]);
  traffic.calls(4, { lends: { functions: 1 } });
  assert.equal(said().length, 1, "what ends with the call is nobody else's");
});
