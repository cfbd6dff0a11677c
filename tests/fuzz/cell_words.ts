/** What a cell may say: each message of the wire, its fields drawn from what is true, what might be, and what can't be, but none that the wire refuses. */
import { FAULTS } from "../../kernel/contract/fault.ts";
import type { Said } from "./hostile_cell.ts";
import { anyText, anyValue, type Random } from "./random.ts";

const FAULT_CODES = Object.keys(FAULTS);

/** What it knows of the world. */
export interface Known {
  readonly instance: string;
  /** Apis that there are. */
  readonly apis: readonly string[];
  /** Calls that it serves, by the kernel's number, and those it made, by its own. */
  readonly served: readonly number[];
  readonly made: number[];
  /** Its next number. */
  next: number;
}

const COUNTS = [0, 1, 2, 7, 63, 64, 255, 1_023, 1_024, 1_025, 65_536, 262_144, 262_145, 2 ** 31, 2 ** 32, 2 ** 53 - 1];
const count = (random: Random) => random.once(2) ? random.below(4) : random.pick(COUNTS);
const served = (random: Random, { served }: Known) =>
  served.length > 0 && !random.once(5) ? random.pick(served) : count(random);
const made = (random: Random, { made }: Known) =>
  made.length > 0 && !random.once(5) ? random.pick(made) : count(random);
const name = (random: Random, units: number) => anyText(random).slice(0, units);
const maybe = (random: Random, times: number, fields: object) => random.once(times) ? fields : {};
const instance = (random: Random, { instance }: Known) =>
  random.once(12) ? `${random.below(3)}.${random.below(40)}` : instance;

function anyPayload(random: Random): string | Uint8Array {
  switch (random.below(20)) {
    case 0:
      return random.bytes(random.below(200));
    case 1:
      return "[".repeat(random.below(3_000));
    case 2:
      return "x".repeat(random.pick([1, 4_095, 4_096, 65_535, 65_536]));
    case 3:
      return `{"$":"b","v":[0,${random.pick([0, 1, -1, 2 ** 40])}]}`;
    case 4:
      return "";
    default:
      return JSON.stringify(anyValue(random)) ?? "";
  }
}

type Words = readonly [weight: number, say: (random: Random, known: Known) => Said];

const CALL = (random: Random, known: Known): Said => {
  const id = known.made.length > 0 && random.once(8) ? random.pick(known.made) : known.next++;
  known.made.push(id);
  if (known.made.length > 64) known.made.shift();
  return [{
    t: "call",
    ...{
      id,
      from: instance(random, known),
      api: random.once(6) ? anyText(random).slice(0, 160) : random.pick(known.apis),
    },
    aspect: random.once(8) ? name(random, 64) : "default",
    name: random.once(4)
      ? name(random, 128)
      : random.pick(["ping", "do", "0", "1", "status", "limit", "secret", "changed"]),
    kind: random.once(3) ? random.pick(["get", "lent", "kept"]) : "call",
    ...maybe(random, 3, { parent: served(random, known) }),
    ...maybe(random, 4, { timeout: random.pick([0, 1e-9, 1, 5, 50, 1e308]) }),
    ...maybe(random, 10, { trace: name(random, 128) }),
    ...maybe(random, 10, { again: true }),
    ...maybe(random, 20, { resaid: true }),
    ...maybe(random, 4, {
      lends: {
        ...maybe(random, 2, { functions: count(random) }),
        ...maybe(random, 2, { streams: random.once(3) ? count(random) : random.below(4) }),
        ...maybe(random, 4, { as_caller: true }),
        ...maybe(random, 3, { kept: Array.from({ length: random.below(9) }, () => name(random, 60)) }),
      },
    }),
    ...maybe(random, 12, { more: true }),
  }, anyPayload(random)];
};

const word =
  (t: string, fields: (random: Random) => object, carries = true) => (random: Random, known: Known): Said => {
    const at = random.pick(["caller", "callee"]);
    const id = at === "caller" ? made(random, known) : served(random, known);
    return [
      { t, at, id, no: random.below(random.once(9) ? 2_000 : 3), ...fields(random) },
      carries ? anyPayload(random) : "",
    ];
  };
const faults = (random: Random) => maybe(random, 3, { code: random.pick(FAULT_CODES) });

const WORDS: readonly Words[] = [
  [300, CALL],
  [200, (random, known) => [{
    ...{ t: "reply", id: served(random, known), ok: !random.once(3) },
    ...faults(random),
    ...maybe(random, 4, { streams: random.once(4) ? count(random) : 1 + random.below(3) }),
    ...maybe(random, 8, { more: true }),
  }, anyPayload(random)]],
  [80, (random, known) => [{
    t: "piece",
    of: random.once(4) ? random.pick(["load", "vet", "vetted", "import", "state"]) : random.pick(["call", "reply"]),
    id: random.once(2) ? made(random, known) : served(random, known),
    ...maybe(random, 2, { more: true }),
  }, anyPayload(random)]],
  [60, (random, known) => [{ t: "cancel", id: made(random, known) }]],
  [80, word("items", (random) => ({ count: 1 + count(random) % (2 ** 53 - 2) }))],
  [40, word("end", faults)],
  [80, word("pull", (random) => ({ upto: count(random), bytes: count(random) }), false)],
  [30, word("stop", () => ({}), false)],
  [
    10,
    (random, known) => [{
      ...{ t: "lend", from: instance(random, known), names: [name(random, 60), name(random, 60)] },
      api: name(random, 60),
    }],
  ],
  [20, (random, known) => [{ t: "revoke", from: instance(random, known), name: name(random, 60) }]],
  [40, (random) => [{ t: "ack", ids: ranges(random) }]],
  [20, (random) => [{ t: "credit", bytes: count(random), messages: count(random) }]],
  [20, (random) => [{ t: "figures" }, random.once(3) ? figures(random) : anyPayload(random)]],
  [20, (random, known) => [{ t: "loaded", instance: instance(random, known) }, anyPayload(random)]],
  [20, (random) => [{
    ...{ t: "failed", instance: `${random.below(3)}.${random.below(90)}` },
    phase: random.pick(["load", "run", "uncaught", "vanished", "shutdown"]),
  }, anyPayload(random)]],
  [
    10,
    (
      random,
      known,
    ) => [{ t: "ended", instance: instance(random, known), what: random.pick(["run", "shutdown", "worker"]) }],
  ],
  [10, (random) => [{ t: "vetted", id: count(random), ok: random.once(2) }, anyPayload(random)]],
  [
    20,
    (
      random,
    ) => [
      { t: "state", id: count(random), ok: random.once(2), ...maybe(random, 3, { more: true }) },
      anyPayload(random),
    ],
  ],
  [5, () => [{ t: "fence" }]],
];
const TOTAL = WORDS.reduce((sum, [weight]) => sum + weight, 0);

export function anyWord(random: Random, known: Known): Said {
  let at = random.below(TOTAL);
  const [, say] = WORDS.find(([weight]) => (at -= weight) < 0)!;
  return say(random, known);
}

function ranges(random: Random): number[][] {
  const ids: number[][] = [];
  for (let at = 0; ids.length < 6 && !random.once(4);) {
    const from = at + 1 + random.below(20);
    at = random.once(9) ? 2 ** 53 - 1 : from + random.below(20);
    ids.push([from, at]);
    if (at >= 2 ** 53 - 40) break;
  }
  return ids;
}

function figures(random: Random): string {
  const instances = Array.from({ length: random.below(4) }, () => ({
    ...{ instance: `1.${random.below(9)}`, active_tasks: count(random), error_count: count(random) },
    last_error_time: random.once(2) ? null : 1e300,
  }));
  return JSON.stringify({ rss: count(random), cpu_ms: random.pick([0, 1e308]), instances });
}

/** A report that parses and lies. */
export function anyReport(random: Random, { apis, instance: own }: Known): string {
  if (random.once(6)) return JSON.stringify(anyValue(random));
  const instances = Array.from({ length: random.below(4) }, () => ({
    ...{ instance: random.once(2) ? own : `1.${random.below(30)}`, api: random.pick(apis), hash: "abc", started_at: 1 },
    ...{
      phase: random.pick(["loading", "ready", "running", "shutting_down", "failed"]),
      has_run: random.once(2),
      tools: [],
    },
    ...maybe(random, 3, { state: random.pick(["export", "import", "both"]) }),
    ...maybe(random, 4, { awaits_state: true }),
    ...maybe(random, 3, { kept: [{ name: name(random, 60), to: [random.pick(apis)] }] }),
  }));
  const holds = Array.from(
    { length: random.below(20) },
    () => `${random.pick(apis)}~${random.below(9)}#${random.below(99)}`,
  );
  return JSON.stringify({ instances, holds });
}
