import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ASKS_MS,
  FORMER_MS,
  IMPORTS_MS,
  LOADS_MS,
  type SuccessionEffect,
  type SuccessionEvent,
  SuccessionMachine,
} from "../../kernel/watchdog/succession_machine.ts";

const VERSION = { meta: "meta-v2.yml", hash: "22" };
const STATE = { format: 1 };
const [LEADER, SUCCESSOR] = [1, 2];

const asked = (epoch = LEADER, upgrade = false): SuccessionEvent => ({ on: "asked", epoch, version: VERSION, upgrade });
const died = (epoch: number): SuccessionEvent => ({ on: "died", epoch, how: "its process ended (SIGKILL)" });
const leave = (epoch: number, again = false): SuccessionEvent => ({ on: "leave", epoch, why: "it is broken", again });
const state = (epoch = LEADER, told: unknown = STATE): SuccessionEvent => ({ on: "state", epoch, state: told });
const from = (on: "take_over" | "imported", epoch = SUCCESSOR): SuccessionEvent => ({ on, epoch });

const STAGES = ["quiet", "loads", "asks", "imports", "handed over"] as const;
type Stage = typeof STAGES[number];

/** A machine in which kernel 1 led first and that got so far, all at time 0. */
function machineAt(stage: Stage, { upgrade = false } = {}): SuccessionMachine {
  const machine = new SuccessionMachine();
  machine.leads(LEADER);
  const steps: (() => unknown)[] = [
    () => [machine.step(asked(LEADER, upgrade), 0), machine.started(SUCCESSOR)],
    () => machine.step(from("take_over"), 0),
    () => machine.step(state(), 0),
    () => machine.step(from("imported"), 0),
  ];
  for (const step of steps.slice(0, STAGES.indexOf(stage))) step();
  return machine;
}

const passOver: SuccessionEffect = { do: "pass_over", version: VERSION };
const leads = (more: object = {}, epoch = LEADER): SuccessionEffect => ({
  do: "tell",
  epoch,
  message: { t: "lead", epoch, ...more },
});
const killed = (epoch: number, why: string): SuccessionEffect => ({ do: "kill", epoch, why });

Deno.test("SuccessionMachine goes from the wish over the state to the next leader, and tells both who leads", () => {
  const machine = new SuccessionMachine();
  machine.leads(LEADER);
  assert.deepEqual(machine.step(asked(), 0), [{ do: "start", version: VERSION }]);
  assert.deepEqual([machine.started(SUCCESSOR), machine.successor], [[], SUCCESSOR]);
  const question = { t: "state", state: null } as const;
  assert.deepEqual(machine.step(from("take_over"), 1), [{ do: "tell", epoch: LEADER, message: question }]);
  const answer = { t: "state", state: STATE } as const;
  assert.deepEqual(machine.step(state(), 2), [{ do: "tell", epoch: SUCCESSOR, message: answer }]);
  assert.equal(machine.leader, LEADER);
  const message = { t: "lead", epoch: SUCCESSOR } as const;
  assert.deepEqual(machine.step(from("imported"), 3), [
    { do: "lead", epoch: SUCCESSOR, new_version: true },
    { do: "tell", epoch: SUCCESSOR, message },
    { do: "tell", epoch: LEADER, message },
  ]);
  assert.deepEqual([machine.leader, machine.successor, machine.wakeAt()], [SUCCESSOR, undefined, 3 + FORMER_MS]);
});

Deno.test("SuccessionMachine takes an upgrade for no new version: it is neither on probation nor passed over", () => {
  const [lead] = machineAt("imports", { upgrade: true }).step(from("imported"), 0);
  assert.deepEqual(lead, { do: "lead", epoch: SUCCESSOR, new_version: false });
  const effects = machineAt("loads", { upgrade: true }).step(died(SUCCESSOR), 0);
  assert.deepEqual(effects, [leads({ why: "its process ended (SIGKILL)" })]);
});

Deno.test("SuccessionMachine starts a successor for the kernel that leads only, and one at a time", () => {
  const nobody = new SuccessionMachine();
  assert.deepEqual(nobody.step(asked(), 0), []);
  assert.deepEqual(machineAt("quiet").step(asked(7), 0), []);
  for (const stage of ["loads", "asks", "imports"] as const) {
    assert.deepEqual(machineAt(stage).step(asked(), 0), [], stage);
    assert.deepEqual(machineAt(stage).step(asked(SUCCESSOR), 0), [], stage);
  }
  const done = machineAt("handed over");
  assert.deepEqual(done.step(asked(LEADER), 0), []);
  assert.deepEqual(done.step(asked(SUCCESSOR), 0), [{ do: "start", version: VERSION }]);
});

/** What does nothing in that stage: said too early, too late, twice, or by the wrong one. */
const IGNORED: Readonly<Record<Stage, readonly SuccessionEvent[]>> = {
  quiet: [
    from("take_over"),
    from("imported"),
    from("imported", LEADER),
    state(),
    state(LEADER, null),
    leave(LEADER),
    died(9),
  ],
  loads: [from("imported"), from("take_over", LEADER), state(), state(LEADER, null), leave(LEADER), leave(9), died(9)],
  asks: [
    from("imported"),
    from("take_over"),
    from("imported", LEADER),
    state(SUCCESSOR),
    state(9),
    leave(LEADER),
    died(9),
  ],
  imports: [from("take_over"), from("imported", LEADER), state(), state(LEADER, null), leave(LEADER), leave(9)],
  "handed over": [
    from("imported"),
    from("take_over"),
    from("imported", LEADER),
    state(),
    state(SUCCESSOR),
    leave(LEADER),
    leave(SUCCESSOR),
  ],
};

for (const stage of STAGES) {
  Deno.test(`SuccessionMachine does nothing at what is out of turn or another's word (${stage})`, () => {
    const machine = machineAt(stage);
    const before = [machine.leader, machine.successor, machine.wakeAt()];
    for (const event of IGNORED[stage]) {
      assert.deepEqual(machine.step(event, 1), [], JSON.stringify(event));
      assert.deepEqual([machine.leader, machine.successor, machine.wakeAt()], before, JSON.stringify(event));
    }
  });
}

for (const stage of ["loads", "asks", "imports"] as const) {
  Deno.test(`SuccessionMachine leaves the lead where it is when the successor dies or gives up (${stage})`, () => {
    const dead = machineAt(stage);
    assert.deepEqual(dead.step(died(SUCCESSOR), 0), [passOver, leads({ why: "its process ended (SIGKILL)" })]);
    const gave_up = machineAt(stage);
    const kill = killed(SUCCESSOR, "it can't take over");
    assert.deepEqual(gave_up.step(leave(SUCCESSOR), 0), [kill, passOver, leads({ why: "it is broken" })]);
    const no_fault = machineAt(stage);
    assert.deepEqual(no_fault.step(leave(SUCCESSOR, true), 0), [kill, leads({ why: "it is broken", again: true })]);
    for (const machine of [dead, gave_up, no_fault]) {
      assert.deepEqual([machine.leader, machine.successor, machine.wakeAt()], [LEADER, undefined, undefined]);
      assert.deepEqual(machine.step(from("imported"), 0), [], "its last words come too late");
    }
  });

  Deno.test(`SuccessionMachine kills the successor with the leader that it was to follow (${stage})`, () => {
    const machine = machineAt(stage);
    assert.deepEqual(machine.step(died(LEADER), 0), [
      killed(SUCCESSOR, "the kernel that it was to follow died"),
    ]);
    assert.deepEqual([machine.leader, machine.successor, machine.wakeAt()], [undefined, undefined, undefined]);
    assert.deepEqual(machine.step(from("imported"), 0), []);
    assert.equal(machine.beside_former, false, "the killed one has had no calls");
    machine.leads(3);
    assert.deepEqual(machine.step(died(SUCCESSOR), 0), [], "it was no former kernel: nobody waited for its end");
  });
}

const BOUNDS = [
  ["loads", LOADS_MS, `it was not constructed within ${LOADS_MS} ms`],
  ["asks", ASKS_MS, `no state was told within ${ASKS_MS} ms`],
  ["imports", IMPORTS_MS, `it did not import the state within ${IMPORTS_MS} ms`],
] as const;
for (const [stage, ms, why] of BOUNDS) {
  Deno.test(`SuccessionMachine waits ${ms} ms in '${stage}', and no millisecond longer`, () => {
    const machine = machineAt(stage);
    assert.equal(machine.wakeAt(), ms);
    assert.deepEqual(machine.step({ on: "time" }, ms - 1), []);
    assert.equal(machine.successor, SUCCESSOR);
    const again = stage === "asks"; // that is the leader's doing
    assert.deepEqual(machine.step({ on: "time" }, ms), [
      killed(SUCCESSOR, "it did not take over in time"),
      ...(again ? [] : [passOver]),
      leads({ why, ...(again && { again }) }),
    ]);
    assert.deepEqual([machine.leader, machine.wakeAt()], [LEADER, undefined]);
  });
}

Deno.test("SuccessionMachine gives every stage its time from the beginning of that stage", () => {
  const machine = machineAt("loads");
  machine.step(from("take_over"), LOADS_MS - 1);
  assert.equal(machine.wakeAt(), LOADS_MS - 1 + ASKS_MS);
  machine.step(state(), 15_000);
  assert.equal(machine.wakeAt(), 15_000 + IMPORTS_MS);
});

Deno.test("SuccessionMachine fails an attempt for which the leader has no state, and remembers nothing", () => {
  const why = "changes of modules did not come to an end; it is tried again later";
  assert.deepEqual(machineAt("asks").step(state(LEADER, null), 0), [
    killed(SUCCESSOR, "there is no state for it"),
    leads({ why, again: true }),
  ]);
});

Deno.test("SuccessionMachine fails an attempt without a process, and kills a process without an attempt", () => {
  const machine = new SuccessionMachine();
  machine.leads(LEADER);
  machine.step(asked(), 0);
  assert.deepEqual(machine.started(undefined), [leads({ why: "its process could not be started", again: true })]);
  assert.deepEqual(machine.started(undefined), []);
  assert.deepEqual(machine.started(5), [killed(5, "nobody waits for it")]);
});

Deno.test("SuccessionMachine gives a former kernel 6 s, then kills it once, and tells the leader when it is alone", () => {
  const machine = machineAt("handed over");
  assert.deepEqual(machine.step({ on: "time" }, FORMER_MS - 1), []);
  assert.deepEqual(machine.step({ on: "time" }, FORMER_MS), [killed(LEADER, "it did not leave in time")]);
  assert.deepEqual([machine.wakeAt(), machine.step({ on: "time" }, 60_000)], [Infinity, []]);
  assert.deepEqual(machine.step(died(LEADER), 0), [leads({ alone: true }, SUCCESSOR)]);
  assert.equal(machine.wakeAt(), undefined);
});

Deno.test("SuccessionMachine says that nobody is left only when the last former kernel has gone", () => {
  const machine = machineAt("handed over");
  machine.step(asked(SUCCESSOR), 0);
  machine.started(3);
  machine.step(from("take_over", 3), 0);
  machine.step(state(SUCCESSOR), 0);
  machine.step(from("imported", 3), 0);
  assert.deepEqual(machine.step(died(LEADER), 0), []);
  assert.deepEqual(machine.step(died(SUCCESSOR), 0), [leads({ alone: true }, 3)]);
});

Deno.test("SuccessionMachine lets a former kernel finish beside the one that follows a leader's crash", () => {
  const machine = machineAt("handed over");
  assert.deepEqual(machine.step(died(SUCCESSOR), 0), []);
  assert.deepEqual([machine.leader, machine.wakeAt()], [undefined, FORMER_MS]);
  assert.deepEqual([machine.beside_former, machine.isFormer(LEADER), machine.isFormer(SUCCESSOR)], [true, true, false]);
  machine.leads(3);
  assert.deepEqual(machine.step(died(LEADER), 1), [leads({ alone: true }, 3)]);
});

Deno.test("SuccessionMachine has one leader at most, ends each attempt once, and lets no former kernel be for ever", () => {
  const epochs = fc.integer({ min: 1, max: 6 });
  const events = fc.oneof(
    fc.record({ on: fc.constant("asked" as const), epoch: epochs, upgrade: fc.boolean(), starts: fc.boolean() }),
    fc.record({ on: fc.constantFrom("take_over" as const, "imported" as const), epoch: epochs }),
    fc.record({ on: fc.constant("state" as const), epoch: epochs, state: fc.constantFrom(null, STATE) }),
    fc.record({ on: fc.constant("leave" as const), epoch: epochs, again: fc.boolean() }),
    fc.record({ on: fc.constant("died" as const), epoch: epochs }),
    fc.record({ on: fc.constant("time" as const), after: fc.integer({ min: 0, max: 12_000 }) }),
    // Else long stories would hardly ever come to an end.
    fc.record({ on: fc.constant("hands_over" as const) }),
  );
  fc.assert(
    fc.property(fc.array(events, { maxLength: 60 }), (story) => {
      const world = new PlayedWorld();
      for (const event of story) world.plays(event as Played);
      world.comesToRest();
    }),
    { numRuns: 2_000 },
  );
});

type Played =
  | { readonly on: "asked"; readonly epoch: number; readonly upgrade: boolean; readonly starts: boolean }
  | { readonly on: "take_over" | "imported"; readonly epoch: number }
  | { readonly on: "died"; readonly epoch: number }
  | { readonly on: "state"; readonly epoch: number; readonly state: unknown }
  | { readonly on: "leave"; readonly epoch: number; readonly again: boolean }
  | { readonly on: "time"; readonly after: number }
  | { readonly on: "hands_over" };

/** Processes that live and die as the machine, and chance, want it; numbers of a story are places among those that live. */
class PlayedWorld {
  readonly #machine = new SuccessionMachine();
  readonly #alive = new Set<number>();
  readonly #killed = new Set<number>();
  #next = 1;
  #now = 0;
  #leader: number | undefined;
  /** Of the attempt under way. */
  #open: { epoch: number | undefined } | undefined;

  constructor() {
    this.#restart();
  }

  plays(event: Played): void {
    switch (event.on) {
      case "asked":
        return this.#step(
          { on: "asked", epoch: this.#at(event.epoch), version: VERSION, upgrade: event.upgrade },
          event,
        );
      case "time":
        this.#now += event.after;
        return this.#step({ on: "time" });
      case "hands_over": {
        this.#step({ on: "asked", epoch: this.#leader!, version: VERSION, upgrade: false });
        const epoch = this.#machine.successor;
        if (epoch === undefined) return;
        this.#step({ on: "take_over", epoch });
        this.#step({ on: "state", epoch: this.#leader!, state: STATE });
        return this.#step({ on: "imported", epoch });
      }
      case "died":
        return this.#dies(this.#at(event.epoch));
      case "leave":
        return this.#step({ ...event, epoch: this.#at(event.epoch), why: undefined });
      default:
        return this.#step({ ...event, epoch: this.#at(event.epoch) });
    }
  }

  /** Time passes and the killed die: one leader is left, alone, and nothing is waited for. */
  comesToRest(): void {
    for (let round = 0; round < 4; round++) {
      this.#now += LOADS_MS;
      this.#step({ on: "time" });
      for (const epoch of this.#killed) this.#dies(epoch);
    }
    assert.deepEqual([...this.#alive], [this.#leader]);
    assert.deepEqual([this.#machine.leader, this.#machine.wakeAt(), this.#open], [this.#leader, undefined, undefined]);
  }

  #at(place: number): number {
    return [...this.#alive][place % this.#alive.size]!;
  }

  #dies(epoch: number): void {
    this.#alive.delete(epoch);
    this.#killed.delete(epoch);
    const led = epoch === this.#leader;
    if (led) [this.#leader, this.#open] = [undefined, undefined];
    this.#step({ on: "died", epoch, how: "killed" });
    if (led) this.#restart();
  }

  #restart(): void {
    const epoch = this.#next++;
    this.#alive.add(epoch);
    this.#leader = epoch;
    this.#machine.leads(epoch);
  }

  #step(event: SuccessionEvent, { starts = true } = {}): void {
    for (const effect of this.#machine.step(event, this.#now)) this.#carryOut(effect, starts);
    assert.equal(this.#machine.leader, this.#leader);
  }

  #carryOut(effect: SuccessionEffect, starts: boolean): void {
    switch (effect.do) {
      case "start": {
        assert.equal(this.#open, undefined, "one attempt at a time");
        const epoch = starts ? this.#next++ : undefined;
        if (epoch !== undefined) this.#alive.add(epoch);
        this.#open = { epoch };
        for (const next of this.#machine.started(epoch)) this.#carryOut(next, starts);
        return;
      }
      case "lead":
        assert.equal(this.#open?.epoch, effect.epoch, "only the successor of the attempt under way may lead");
        assert.ok(this.#alive.has(effect.epoch) && !this.#killed.has(effect.epoch));
        this.#open = undefined;
        this.#leader = effect.epoch;
        return;
      case "tell":
        if (effect.message.t !== "lead" || effect.message.why === undefined) return;
        assert.ok(this.#open, "an attempt fails once");
        assert.equal(effect.epoch, this.#leader);
        this.#open = undefined;
        return;
      case "kill":
        assert.notEqual(effect.epoch, this.#leader, "the leader is not the machine's to kill");
        assert.ok(!this.#killed.has(effect.epoch), "killed once");
        if (this.#alive.has(effect.epoch)) this.#killed.add(effect.epoch);
        return;
      case "pass_over":
        assert.deepEqual(effect.version, VERSION);
    }
  }
}
