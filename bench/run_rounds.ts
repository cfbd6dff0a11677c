/** The rounds: in each, line by line, one contender after the other, so that what the machine does besides meets all of them. */
import type { Contender } from "./contender.ts";
import type { LineName } from "./line_names.ts";
import { measureBracket } from "./measure_bracket.ts";
import {
  measureCall,
  measureCold,
  measureHerd,
  measureModules,
  measureReload,
  measureSwap,
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
  ["bracket", measureBracket],
];

export async function runRounds(
  contenders: readonly Contender[],
  options: Options,
  measuring: Measuring,
  progress: (text: string) => void,
): Promise<void> {
  const { only, rounds } = options;
  for (let round = 1; round <= rounds; round++) {
    const run = async (line: string, measure: Measure): Promise<void> => {
      await each(contenders, `round ${round} of ${rounds}: ${line}`, measure, measuring, progress);
    };
    for (const [line, measure] of EACH_ROUND) if (only.includes(line)) await run(line, measure);
    // These take long: once is enough for what a herd takes, and a reload is repeated within itself.
    const last = round === rounds;
    const herd = { memory: last && only.includes("memory"), idle: last && only.includes("idle") };
    if (only.includes("boot") || herd.memory || herd.idle) {
      await run("boot, memory, idle", (one) => measureHerd(one, measuring, herd));
    }
    if (last && only.includes("reload")) await run("reload", measureReload);
    if (last && only.includes("swap")) await run("swap", measureSwap);
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
    await measuring.others.look();
    try {
      await measure(contender, measuring);
    } catch (error) {
      measuring.table.remark(`${contender.name}, ${what}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
