import { fault, FaultError } from "../contract/fault.ts";
import { PROGRAM_FOLDER } from "./program.ts";

/** The home and the program's folder, links resolved: two names of one folder are one. */
export async function realHomes(home: string): Promise<{ readonly home: string; readonly program: string }> {
  const real = await Deno.realPath(home).catch(() => undefined);
  if (real === undefined) {
    throw new FaultError(fault("invalid_argument", `there is no folder ${home}`, { hint: "'init' makes a home" }));
  }
  return { home: real, program: await Deno.realPath(PROGRAM_FOLDER) };
}
