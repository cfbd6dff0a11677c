import { SHIPPED_PROGS } from "../contract/shipped.ts";
import type { Origin } from "../contract/spec.ts";

/** One place where a module's source may lie. */
export interface ProgCandidate {
  /** Absolute path of the file whose being there decides. */
  readonly file: string;
  /** Absolute path of the source: the file, or the folder that holds `mod.ts`. */
  readonly path: string;
  /** The entry among the source's files: `rl_trainer.ts` or `mod.ts`. */
  readonly entry: string;
  readonly origin: Extract<Origin, "shipped" | "local">;
}

/** Where sources lie. Both folders absolute, real and without a `/` at the end. */
export interface ProgPlaces {
  readonly home: string;
  readonly program: string;
}

/**
 * The places of a `prog`, in the order in which the first that exists is taken: the home's `plugins/`, then, for a name
 * that is shipped, the program's own. Origin `shipped` is a matter of both name and place: a file in another home that
 * bears a shipped name is `local`.
 */
export function progCandidates(prog: string, { home, program }: ProgPlaces): readonly ProgCandidate[] {
  const shipped = SHIPPED_PROGS.includes(prog);
  const roots = shipped && program !== home ? [home, program] : [home];
  return roots.flatMap((root): ProgCandidate[] => {
    const origin = shipped && root === program ? "shipped" : "local";
    const stem = `${root}/plugins/${prog}`;
    const name = prog.slice(prog.lastIndexOf("/") + 1);
    return [
      { file: `${stem}.ts`, path: `${stem}.ts`, entry: `${name}.ts`, origin },
      { file: `${stem}.js`, path: `${stem}.js`, entry: `${name}.js`, origin },
      { file: `${stem}/mod.ts`, path: stem, entry: "mod.ts", origin },
    ];
  });
}
