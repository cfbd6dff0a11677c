import assert from "node:assert/strict";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import { type GuardAction, GuardMachine } from "../../../kernel/guest/shell/guard_machine.ts";

const I = "1.1" as InstanceId;
const J = "1.2" as InstanceId;
const MIB = 1_048_576;
const idle = () => false;
const busy = (instance: InstanceId) => instance === I;

/** Looks as often as the machine wants, until it does something or `until` has come. */
function watchUntil(
  machine: GuardMachine,
  from: number,
  until: number,
  owes: (i: InstanceId) => boolean,
  rss = MIB,
): { now: number; actions: GuardAction[]; looks: number } {
  let now = from;
  for (let looks = 1;; looks++) {
    now += machine.pause();
    if (now > until) return { now, actions: [], looks };
    const actions = machine.look({ now, rss, owes });
    if (actions.length > 0) return { now, actions, looks };
  }
}

Deno.test("GuardMachine looks 25 ms after a sign of work, then at four times the pause each time, then once a second", () => {
  const machine = new GuardMachine(1_000, 0);
  machine.watch(I, 60_000, 0);
  const pauses = (from: number) => {
    const seen = [];
    for (let now = from, looks = 0; looks < 5; looks++) {
      machine.heard(I, now);
      seen.push(machine.pause());
      now += machine.pause();
      machine.look({ now, rss: MIB, owes: idle });
    }
    return seen;
  };
  assert.deepEqual(pauses(0), [25, 100, 400, 1_000, 1_000]);
  machine.sign(5_000);
  assert.deepEqual(pauses(5_000), [25, 100, 400, 1_000, 1_000]);
});

Deno.test("GuardMachine looks and pings every 15 s where every module is dormant and has started", () => {
  const machine = new GuardMachine(1_000, 0);
  machine.watch(I, 60_000, 0);
  machine.watch(J, 60_000, 0);
  const look = (now: number, dormant: (instance: InstanceId) => boolean) =>
    machine.look({ now, rss: MIB, owes: idle, dormant });
  for (const now of [25, 125, 525]) look(now, () => true);
  look(1_525, (instance) => instance === I);
  assert.equal(machine.pause(), 1_000);
  look(4_999, () => true);
  assert.equal(machine.pause(), 1_000);
  look(5_000, () => true);
  assert.equal(machine.pause(), 15_000);
  let now = 5_000;
  const pinged: number[] = [];
  while (now < 30_000) {
    if (look(now += machine.pause(), () => true).some(({ do: what }) => what === "ping")) pinged.push(now);
  }
  assert.deepEqual(pinged, [20_000]);
  machine.heard(I, now);
  machine.heard(J, now);
  machine.sign(now);
  assert.equal(machine.pause(), 25);
});

Deno.test("GuardMachine of a cell without modules looks every 15 s", () => {
  const machine = new GuardMachine(1_000, 0);
  for (const now of [25, 125, 525]) machine.look({ now, rss: MIB, owes: idle });
  assert.equal(machine.pause(), 15_000);
});

Deno.test("GuardMachine looks every 25 ms while a Worker owes an answer", () => {
  const machine = new GuardMachine(1_000, 0);
  machine.watch(I, 60_000, 0);
  for (let now = 25; now < 3_000; now += 25) {
    machine.look({ now, rss: MIB, owes: busy });
    assert.equal(machine.pause(), 25);
  }
});

Deno.test("GuardMachine takes growth of memory for a sign of work", () => {
  const machine = new GuardMachine(1_000, 0);
  for (let now = 1_000; now <= 10_000; now += 1_000) machine.look({ now, rss: 20 * MIB, owes: idle });
  machine.look({ now: 11_000, rss: 22 * MIB, owes: idle });
  assert.equal(machine.pause(), 15_000);
  machine.look({ now: 12_000, rss: 24 * MIB + 1, owes: idle });
  assert.equal(machine.pause(), 25);
});

Deno.test("GuardMachine releases memory before it sleeps, and again when 2 MB have gathered since", () => {
  const machine = new GuardMachine(1_000, 0);
  machine.watch(I, 60_000, 0);
  const released = (now: number, rss: number) =>
    machine.look({ now, rss, owes: idle }).some((action) => action.do === "release");
  assert.equal(released(0, 60 * MIB), false);
  assert.equal(released(4_999, 60 * MIB), false, "not while others may be starting");
  machine.sign(4_500);
  assert.equal(released(5_499, 60 * MIB), false, "not while something happens");
  assert.equal(released(5_500, 60 * MIB), true);
  assert.equal(released(6_500, 50 * MIB), false, "what is left is the new beginning");
  assert.equal(released(7_500, 52 * MIB), false);
  machine.heard(I, 7_500);
  assert.equal(released(8_500, 52 * MIB + 1), true);
});

Deno.test("GuardMachine of a cell without modules releases nothing", () => {
  const machine = new GuardMachine(1_000, 0);
  assert.deepEqual(machine.look({ now: 5_000, rss: 60 * MIB, owes: idle }), []);
});

Deno.test("GuardMachine releases memory above 0.7 of memory_mb, also amid work, and again when a twentieth has gathered since", () => {
  const machine = new GuardMachine(100, 0);
  const released = (now: number, rss: number) => {
    machine.sign(now);
    return machine.look({ now, rss, owes: idle }).some((action) => action.do === "release");
  };
  assert.equal(released(25, 70 * MIB), false);
  assert.equal(released(50, 70 * MIB + 1), true);
  assert.equal(released(75, 80 * MIB), false, "what is left is the new beginning");
  assert.equal(released(100, 85 * MIB), false);
  assert.equal(released(125, 85 * MIB + 1), true);
});

Deno.test("GuardMachine collects on its own thread unless memory grows by more than 1.5 MB each millisecond: meanwhile it would see nothing", () => {
  const own = (passed: number, to: number) => {
    const machine = new GuardMachine(100, 0);
    machine.look({ now: 25, rss: 60 * MIB, owes: idle });
    return machine.look({ now: 25 + passed, rss: to, owes: idle });
  };
  assert.deepEqual(own(10, 75 * MIB), [{ do: "release", own: true }]);
  assert.deepEqual(own(10, 75 * MIB + 1), [{ do: "release", own: false }]);
});

Deno.test("GuardMachine ends the cell above memory_mb, not at it, and blames a module only when it is alone", () => {
  const machine = new GuardMachine(100, 0);
  assert.deepEqual(machine.look({ now: 25, rss: 100 * MIB, owes: idle }), [{ do: "release", own: false }]);
  machine.watch(I, 5_000, 25);
  assert.deepEqual(machine.look({ now: 50, rss: 100 * MIB + 1, owes: idle }), [
    { do: "die", limit: "memory_mb", instance: I, found: 101, allowed: 100 },
  ]);
  machine.watch(J, 5_000, 50);
  assert.equal("instance" in machine.look({ now: 75, rss: 101 * MIB, owes: idle })[0]!, false);
});

Deno.test("GuardMachine pings a Worker that owes an answer after 250 ms of silence, once", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 5_000, 0);
  const { now, actions } = watchUntil(machine, 0, 10_000, busy);
  assert.deepEqual(actions, [{ do: "ping", instance: I }]);
  assert.ok(now >= 250 && now <= 300, `${now}`);
  assert.deepEqual(machine.look({ now: now + 25, rss: MIB, owes: busy }), []);
});

Deno.test("GuardMachine ends the cell when a Worker that owes an answer is silent for liveness_ms", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 2_000, 0);
  const ping = watchUntil(machine, 0, 10_000, busy);
  const { now, actions } = watchUntil(machine, ping.now, 10_000, busy);
  assert.equal(actions[0]!.do, "die");
  assert.deepEqual({ ...actions[0], found: 0 }, {
    do: "die",
    limit: "liveness_ms",
    instance: I,
    found: 0,
    allowed: 2_000,
  });
  assert.ok(now >= 2_000 && now <= 2_100, `${now}`);
});

Deno.test("GuardMachine takes every word of the Worker for a pong", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 1_000, 0);
  for (let now = 25; now < 20_000; now += 25) {
    if (now % 500 === 0) machine.heard(I, now);
    assert.ok(machine.look({ now, rss: MIB, owes: busy }).every((action) => action.do === "ping"));
  }
});

Deno.test("GuardMachine counts silence from the moment the Worker owes, not from its last word", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 1_000, 0);
  watchUntil(machine, 0, 4_900, idle);
  machine.sign(4_900);
  const { now, actions } = watchUntil(machine, 4_900, 8_000, busy);
  assert.equal(actions[0]!.do, "ping");
  assert.ok(now >= 5_150, `${now}`);
});

Deno.test("GuardMachine pings an idle Worker each 5 s, and ends the cell when it vanished", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 1_000, 0);
  const ping = watchUntil(machine, 0, 10_000, idle);
  assert.deepEqual(ping.actions, [{ do: "ping", instance: I }]);
  assert.ok(ping.now >= 5_000 && ping.now <= 6_000, `${ping.now}`);
  const end = watchUntil(machine, ping.now, 20_000, idle);
  assert.equal(end.actions[0]!.do, "die");
  assert.ok(end.now - ping.now <= 1_100, `${end.now - ping.now}`);
});

Deno.test("GuardMachine expects a Worker to notice what it was told, though it owes nothing", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 1_000, 0);
  machine.expect(I);
  machine.sign(0);
  assert.equal(watchUntil(machine, 0, 100, idle).actions[0]!.do, "ping");
  machine.heard(I, 30);
  assert.deepEqual(watchUntil(machine, 30, 4_000, idle).actions, []);
});

Deno.test("GuardMachine blames nobody for the time in which the whole process was stopped", () => {
  const machine = new GuardMachine(100, 0);
  machine.watch(I, 5_000, 0);
  const { now } = watchUntil(machine, 0, 10_000, busy);
  assert.deepEqual(machine.look({ now: now + 3_600_000, rss: MIB, owes: busy }), []);
});

Deno.test("GuardMachine looks often while a ping is unanswered, and 22 times in ten idle seconds at most", () => {
  const machine = new GuardMachine(1_000, 0);
  machine.sign(-10_000);
  machine.watch(I, 5_000, 0);
  let looks = 0;
  for (let now = 0; now < 10_000; looks++) {
    now += machine.pause();
    for (const action of machine.look({ now, rss: MIB, owes: idle })) {
      if (action.do === "ping") assert.equal(machine.pause(), 25);
      machine.heard(I, now + 1);
    }
  }
  assert.ok(looks <= 22, `${looks}`);
});

Deno.test("GuardMachine looks sooner the nearer memory is to its limit, so that what fills as fast as the machine can is seen in time", () => {
  const machine = new GuardMachine(100, 0);
  const pauseAt = (rss_mb: number) => {
    machine.sign(0);
    machine.look({ now: 0, rss: rss_mb * MIB, owes: busy });
    machine.watch(I, 60_000, 0);
    machine.look({ now: 0, rss: rss_mb * MIB, owes: busy });
    return machine.pause();
  };
  assert.deepEqual([0, 34, 64, 94, 100].map(pauseAt), [20, 15, 10, 5, 4]);
});

Deno.test("GuardMachine counts a quarter of a silence in which its own looks come late: the machine is late with everybody", () => {
  const diesAfter = (late: number) => {
    const machine = new GuardMachine(1_000, 0);
    machine.watch(I, 1_000, 0);
    for (let now = 0; now < 60_000;) {
      now += machine.pause() + late;
      if (machine.look({ now, rss: MIB, owes: busy }).some(({ do: what }) => what === "die")) return now;
    }
    return Infinity;
  };
  assert.ok(diesAfter(0) <= 1_050, `${diesAfter(0)}`);
  assert.ok(diesAfter(10) <= 1_050, `${diesAfter(10)}`);
  assert.ok(diesAfter(400) > 3_500 && diesAfter(400) < 4_700, `${diesAfter(400)}`);
});

Deno.test("GuardMachine of a dormant cell looks when its time to release has come, and every 15 s from then on", () => {
  const machine = new GuardMachine(1_000, 0, 0.5);
  machine.watch(I, 60_000, 0);
  machine.sign(2_000);
  const look = (now: number) => machine.look({ now, rss: 60 * MIB, owes: idle, dormant: () => true });
  for (const now of [2_025, 2_125, 2_525, 3_525, 4_525]) assert.deepEqual(look(now), []);
  assert.deepEqual(look(5_525), []);
  assert.equal(machine.pause(), 2_025 + 4_000 - 5_525 /* growth is a sign, too */);
  assert.deepEqual(look(6_025), [{ do: "release", own: true }]);
  assert.equal(machine.pause(), 15_000);
});
