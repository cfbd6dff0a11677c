/** `deno task demo [--way NAME|all] [--keep]`. */
import { parseArgs } from "node:util";
import { type Way, WAYS, waysNamed } from "./ways.ts";

export interface Options {
  readonly ways: readonly Way[];
  /** The home stays when the demo ends. */
  readonly keep: boolean;
}

export const USAGE = `what works: deno task demo [--way ${
  WAYS.map(({ name }) => name).join("|")
}|all] [--keep]; --keep leaves the home where it is`;

/** Throws on anything else, and says what works. */
export function parseOptions(args: readonly string[]): Options {
  let values: { readonly way: string; readonly keep: boolean };
  try {
    const options = {
      way: { type: "string", default: "all" },
      keep: { type: "boolean", default: false },
    } as const;
    values = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
  const ways = waysNamed(values.way);
  if (ways === undefined) throw new Error(`there is no way '${values.way}'\n${USAGE}`);
  return { ways, keep: values.keep };
}
