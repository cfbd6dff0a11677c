import type { ModuleSpec, Rejection } from "../contract/spec.ts";
import { deriveNames } from "./derive_names.ts";
import { lineOf } from "./parse_config.ts";
import { reject } from "./rejection.ts";

/** A config that was parsed, with the text it came from (for lines of later refusals). */
export interface ReadSpec {
  readonly spec: ModuleSpec;
  readonly text: string;
}

/** Who may run: each api in `alone` is claimed once. */
export interface Claims {
  readonly alone: readonly ReadSpec[];
  readonly rejected: readonly Rejection[];
}

/**
 * Finds the apis that two files claim. Each of the files is refused and names the others, and neither starts. A file
 * that was refused already claims the api it is known by too: else mending it would take an api away from whoever
 * slipped in meanwhile.
 */
export function findClaims(specs: readonly ReadSpec[], refused: readonly Rejection[]): Claims {
  const claims = [
    ...specs.map(({ spec }) => ({ api: spec.api, file: spec.config })),
    ...refused.flatMap(({ api, file }) => (api === undefined ? [] : [{ api, file }])),
  ];
  const files = Map.groupBy(claims, ({ api }) => api);
  const alone: ReadSpec[] = [];
  const rejected: Rejection[] = [];
  for (const read of specs) {
    const { api, config } = read.spec;
    const base = deriveNames(config).base;
    const others = files.get(api)!.map(({ file }) => file).filter((file) => deriveNames(file).base !== base);
    if (others.length === 0) alone.push(read);
    else rejected.push(twice(read, [...new Set(others)].toSorted()));
  }
  return { alone, rejected };
}

function twice({ spec: { api, config }, text }: ReadSpec, others: readonly string[]): Rejection {
  return reject(config, `api: found '${api}', which ${others.join(", ")} claims too, allowed: one file for each api`, {
    api,
    line: lineOf(text, ["api"]),
    hint: "give one of them another api:, or put a dot before its name; what ran before keeps running",
  });
}
