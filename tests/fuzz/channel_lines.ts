/** Lines between watchdog and kernel: messages of the closed sets with odd fields, things that are none of them, bytes that are no lines. */
import { anyNumber, anyText, anyValue, type Random, spoil } from "./random.ts";

const encoder = new TextEncoder();
const NEWLINE = new Uint8Array([10]);

/** Cells that exist on these lines only. */
const cell = (random: Random) => `hz~${random.below(8)}`;
const field = (random: Random, right: unknown) => random.once(6) ? anyValue(random) : right;

/** What a watchdog might say; nothing that would rightly end the kernel or a real cell. */
function fromWatchdog(random: Random): unknown {
  switch (random.below(9)) {
    case 0:
      return {
        t: "cells",
        cells: field(random, [{ cell: cell(random), pid: 7, token: "ab".repeat(32), base: field(random, undefined) }]),
      };
    case 1:
      return {
        t: "exited",
        cell: cell(random),
        code: field(random, null),
        signal: field(random, "SIGKILL"),
        reason: field(random, "x"),
      };
    case 2:
      return { t: "said", time: anyText(random), level: field(random, "DEBUG"), message: anyText(random) };
    case 3: {
      const shell = JSON.stringify({ api: anyText(random), level: field(random, "INFO"), text: anyValue(random) });
      const line = random.pick([
        anyText(random),
        shell,
        `at plugin:///neighbour/mod.ts:${anyNumber(random)}:${anyNumber(random)}`,
      ]);
      return { t: "log", cell: cell(random), stream: field(random, "stdout"), line };
    }
    case 4:
      return { t: "env", name: anyText(random), value: field(random, null) };
    case 5:
      return { t: "lead", epoch: random.pick([1, "1", -1, null, 0.5]), why: anyValue(random) };
    case 6:
      // Each that is well-formed asks for the whole state: some of them are enough.
      return { t: "state", [random.once(100) ? "state" : "stat"]: anyValue(random) };
    case 7:
      return { t: "drain", ms: random.pick(["1", null, -1, [], {}]) };
    default:
      return { t: "hello", epoch: anyNumber(random), home: anyText(random) };
  }
}

/** What a kernel might say; nothing that would rightly start a process or end the host. */
function toWatchdog(random: Random): unknown {
  switch (random.below(11)) {
    case 0: {
      const limits = { memory_mb: 128, heap_mb: 96 };
      const order = { t: "start_cell", cell: cell(random), folders: [], net: [], limits };
      const flaws = [
        { cell: `${anyText(random)}/` },
        { folders: [{ path: random.pick(["..", "/etc", "a,b", "a\nb", "a/../b", ""]), mode: "rw" }] },
        { folders: [{ path: "a", mode: anyText(random) }] },
        { net: [random.pick(["*", ":1", "a:99999", "unix:/x", "a:1,b:2", "--allow-all"])] },
        { limits: { ...limits, heap_mb: random.pick([0, -1, 1e9, "96", "96 --expose-gc"]) } },
        { limits: anyText(random) },
      ];
      return { ...order, ...random.pick(flaws) };
    }
    case 1:
      return { t: "kill", cell: field(random, cell(random)), reason: anyText(random) };
    case 2:
      return { t: "name", cell: field(random, cell(random)), base: anyText(random) };
    case 3:
      return {
        ...{
          t: random.pick(["cells", "start_successor", "imported", "take_over", "alive"]),
          meta: "../x",
          hash: anyText(random),
        },
        extra: anyValue(random),
      };
    case 4:
      return { t: "stop".slice(0, random.below(4)) };
    case 5:
      return { t: "env", name: random.once(2) ? "HOME" : anyText(random) };
    case 6:
      return { t: "order", kind: field(random, "train"), body: anyValue(random) };
    case 7:
      return { t: "booting", meta: field(random, "meta.yml"), hash: field(random, "ab".repeat(32)) };
    case 8:
      return { t: "log_bounds", max_bytes: anyNumber(random), keep: anyNumber(random) };
    case 9:
      return { t: "ready", modules: anyNumber(random) };
    default:
      return { t: "state", state: anyValue(random) };
  }
}

const UNSERVED: ReadonlySet<unknown> = new Set(["order", "state", "start_successor", "imported", "take_over", "leave"]);

/** Each that is well-formed is a line in the log, as it has to be: some of them are enough. */
function seldomUnserved(random: Random): unknown {
  const said = toWatchdog(random) as { t: string };
  return UNSERVED.has(said.t) && !random.once(30) ? { ...said, t: said.t + random.pick(["s", " ", "2"]) } : said;
}

/** So many lines, mostly JSON, one after the other. */
export function anyLines(random: Random, count: number, from: "watchdog" | "kernel"): Uint8Array[] {
  const say = from === "watchdog" ? fromWatchdog : seldomUnserved;
  return Array.from({ length: count }, () => {
    switch (random.below(12)) {
      case 0:
        return withoutEnd(random.bytes(random.below(80)));
      case 1:
        return withoutEnd(encoder.encode(JSON.stringify(anyValue(random)) ?? ""));
      case 2:
        return withoutEnd(
          spoil(random, encoder.encode(JSON.stringify({ t: "env", name: anyText(random), value: null }))),
        );
      case 3:
        return encoder.encode("[".repeat(random.below(300)));
      default:
        return encoder.encode(JSON.stringify(say(random)));
    }
  }).flatMap((line) => [line, NEWLINE]);
}

/** One line stays one. */
function withoutEnd(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte === 10 ? 32 : byte);
}
