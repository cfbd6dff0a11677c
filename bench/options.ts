/** What `deno task bench` may be told. */
import { LINE_NAMES, type LineName } from "./line_names.ts";

export interface Options {
  readonly quick: boolean;
  readonly rounds: number;
  readonly only: readonly LineName[];
  /** Also here, beside `bench/results/`. */
  readonly snapshot: string | undefined;
}

export const USAGE = `deno task bench [--quick] [--only ${LINE_NAMES.join(",")}] [--rounds N] [--snapshot FOLDER]`;

/** Full rounds, odd so that there is a middle one. */
const ROUNDS = 3;

/** Throws with what would have worked. */
export function parseOptions(args: readonly string[]): Options {
  let quick = false;
  let rounds: number | undefined;
  let only: readonly LineName[] = LINE_NAMES;
  let snapshot: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const value = () => args[++at] ?? refuse(`${args[at - 1]} needs a value`);
    switch (args[at]) {
      case "--quick":
        quick = true;
        break;
      case "--rounds":
        rounds = Number(value());
        if (!Number.isInteger(rounds) || rounds < 1) refuse("--rounds takes a number from 1");
        break;
      case "--only":
        only = value().split(",").map((name) =>
          LINE_NAMES.find((line) => line === name) ?? refuse(`no line '${name}'`)
        );
        break;
      case "--snapshot":
        snapshot = value();
        break;
      default:
        refuse(`there is no option '${args[at]}'`);
    }
  }
  return { quick, rounds: rounds ?? (quick ? 1 : ROUNDS), only, snapshot };
}

function refuse(why: string): never {
  throw new Error(`${why}; what works: ${USAGE}`);
}
