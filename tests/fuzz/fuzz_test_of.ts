/** A test with a seed, which its failure names. */
import { Random } from "./random.ts";
import { INPUTS } from "./settings.ts";

/**
 * The seed gives the inputs and their order on each connection; what the other processes do at which moment it does not repeat. Set `FUZZ_SEED` to try
 * one again. What a run tells goes to the file `FUZZ_TELL`, since the test runner keeps the words of tests that pass to itself.
 */
export function fuzzTest(name: string, run: (random: Random, tell: (what: string) => void) => Promise<void>): void {
  Deno.test(name, async () => {
    const seed = Number(Deno.env.get("FUZZ_SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]!);
    const told: string[] = [];
    try {
      await run(new Random(seed), (what) => told.push(what));
    } catch (error) {
      const how = `\n  ${told.join("\n  ")}\n  try it again with FUZZ_SEED=${seed} FUZZ_INPUTS=${INPUTS}`;
      if (error instanceof Error) error.message += how;
      throw error;
    }
    const line = `${name}\n  FUZZ_SEED=${seed}; ${told.join("; ")}\n`;
    if (Deno.env.has("FUZZ_TELL")) Deno.writeTextFileSync(Deno.env.get("FUZZ_TELL")!, line, { append: true });
  });
}
