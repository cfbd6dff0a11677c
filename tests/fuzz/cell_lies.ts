/** What no cell may say, on links without a proof and on links of cells that hold a token: each costs the link, and the second kind the cell. */
import type { CellId } from "../../kernel/contract/names.ts";
import { anyReport, anyWord, type Known } from "./cell_words.ts";
import type { FuzzedKernel } from "./fuzzed_kernel.ts";
import { frame, HostileCell } from "./hostile_cell.ts";
import { anyValue, join, type Random, spoil } from "./random.ts";
import { anyFrame, frameOf } from "./raw_frame.ts";

const ATTACH = { t: "attach", cell: "h0~1", incarnation: "aa", proof: "0".repeat(64), pid: 1 };

/** Bytes of a stranger: noise, a spoilt attach, another first word. */
function firstWords(random: Random, known: Known): Uint8Array {
  switch (random.below(5)) {
    case 0:
      return random.bytes(1 + random.below(200));
    case 1:
      return spoil(random, frame([[ATTACH]]));
    case 2:
      return frameOf({ ...ATTACH, [random.pick(Object.keys(ATTACH))]: anyValue(random) });
    case 3:
      return frame([anyWord(random, known)]).subarray(0, 1_000);
    default:
      return anyFrame(random);
  }
}

/** A word of the wire with a field that it can't have. */
function wrongField(random: Random, known: Known): Uint8Array {
  const [header] = anyWord(random, known);
  return frameOf({ ...header, [random.pick(Object.keys(header))]: anyValue(random) });
}

export interface Lies {
  frames: number;
  links: number;
  /** Cells whose link the kernel closed without a word against them. */
  readonly unexplained: string[];
}

/** So many links without a proof, each with one frame: what a link may say before it is closed. */
export async function unprovenLies(kernel: FuzzedKernel, random: Random, known: Known, links: number): Promise<Lies> {
  const lies: Lies = { frames: 0, links: 0, unexplained: [] };
  const buffer = new Uint8Array(1_024);
  // Fewer at a time than there may be: real cells attach meanwhile.
  await Promise.all(Array.from({ length: 4 }, async () => {
    while (lies.links < links && !kernel.ended) {
      lies.links++;
      const connection = await Deno.connect({ transport: "unix", path: kernel.socket });
      const timer = setTimeout(() => connection.close(), 15); // half a frame: it would be waited for
      try {
        await connection.write(firstWords(random, known));
        lies.frames++;
        while (await connection.read(buffer) !== null);
        connection.close();
      } catch { /* closed by either end */ }
      clearTimeout(timer);
    }
  }));
  return lies;
}

/** Cells that nobody ordered but the watchdog has told of: each says some words, then one that breaks the wire. */
export async function provenLies(kernel: FuzzedKernel, random: Random, known: Known, frames: number): Promise<Lies> {
  const lies: Lies = { frames: 0, links: 0, unexplained: [] };
  const sample_each = Math.ceil(frames / 30);
  let next_sample = sample_each;
  await Promise.all(Array.from({ length: 3 }, async (_, worker) => {
    while (lies.frames < frames && !kernel.ended) {
      const name = `hx${worker}~${++lies.links}` as CellId;
      const cell = new HostileCell(kernel.socket, kernel.played.announce(name));
      if (!await cell.attach()) {
        kernel.played.end(name);
        continue;
      }
      const its: Known = { ...known, made: [], next: 1 };
      const said = [
        random.once(9) ? frame([anyWord(random, its)]) : frame([[{ t: "report" }, anyReport(random, its)]]),
      ];
      for (let words = random.below(40); words > 0; words--) said.push(frame([anyWord(random, its)]));
      const last = frame([anyWord(random, its)]);
      said.push(random.pick([wrongField, anyFrame, () => spoil(random, last), () => random.bytes(60)])(random, its));
      await cell.write(join(...said));
      lies.frames += said.length;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const waited = new Promise<"open">((then) => timer = setTimeout(() => then("open"), 30)); // more is waited for, or it was no lie
      const closed = await Promise.race([cell.closed.then(() => "closed" as const), waited]);
      clearTimeout(timer);
      if (closed === "closed") {
        for (let turn = 0; turn < 1_000 && cell.played.killed === undefined; turn++) {
          await new Promise((then) => setTimeout(then, 2));
        }
        if (cell.played.killed === undefined) {
          lies.unexplained.push(`${name}: ${new TextDecoder().decode(said.at(-1)!.slice(0, 200))}`);
        }
      }
      cell.close();
      kernel.played.end(name);
      if (lies.frames >= next_sample) {
        next_sample += sample_each;
        kernel.memory.sample();
      }
    }
  }));
  return lies;
}
