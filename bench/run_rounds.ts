/** The rounds: in each, line by line, one contender after the other, so that what the machine does besides meets all of them. */
import type { Contender } from "./contender.ts";
import type { LineName } from "./line_names.ts";
import {
  measureCall,
  measureCold,
  measureHerd,
  measureModules,
  measureReload,
  measureThroughput,
  measureWarm,
  type Measuring,
} from "./measure_line.ts";
import type { Options } from "./options.ts";

type Measure = (contender: Contender, measuring: Measuring) => Promise<void>;

const EACH_ROUND: readonly (readonly [LineName, Measure])[] = [
  ["call", measureCall],
  ["throughput", measureThroughput],
  ["modules", measureModules],
  ["cold", measureCold],
  ["warm", measureWarm],
];
const HERD: readonly LineName[] = ["boot", "memory", "idle"];

export async function runRounds(
  contenders: readonly Contender[],
  options: Options,
  measuring: Measuring,
  progress: (text: string) => void,
): Promise<void> {
  const { only, rounds } = options;
  for (let round = 1; round <= rounds; round++) {
    for (const [line, measure] of EACH_ROUND) {
      if (only.includes(line)) {
        await each(contenders, `round ${round} of ${rounds}: ${line}`, measure, measuring, progress);
      }
    }
  }
  // These take long and repeat within themselves.
  if (only.includes("reload")) await each(contenders, "reload", measureReload, measuring, progress);
  if (HERD.some((line) => only.includes(line))) {
    const wanted = { memory: only.includes("memory"), idle: only.includes("idle") };
    await each(contenders, "boot, memory, idle", (one) => measureHerd(one, measuring, wanted), measuring, progress);
  }
}

/** A contender that fails has no figure and a remark; the others are measured. */
async function each(
  contenders: readonly Contender[],
  what: string,
  measure: Measure,
  measuring: Measuring,
  progress: (text: string) => void,
): Promise<void> {
  for (const contender of contenders) {
    progress(`${what}: ${contender.name}`);
    try {
      await measure(contender, measuring);
    } catch (error) {
      measuring.table.remark(`${contender.name}, ${what}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
