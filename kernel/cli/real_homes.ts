import { fault, FaultError } from "../contract/fault.ts";
import { PROGRAM } from "../program/mod.ts";
import type { Homes } from "../workbench/mod.ts";

/** The home and the program's folder, links resolved: two names of one folder are one. */
export async function realHomes(home: string): Promise<Homes> {
  const real = await Deno.realPath(home).catch(() => undefined);
  if (real === undefined) {
    throw new FaultError(fault("invalid_argument", `there is no folder ${home}`, { hint: "'init' makes a home" }));
  }
  const program = await Deno.realPath(PROGRAM.folder);
  return { home: real, program, ...PROGRAM.form !== "sources" && { one_file: PROGRAM.form } };
}
