import { BUILTINS } from "../../contract/spec.ts";
import type { WorkerInit } from "../port.ts";
import { filesBuiltin } from "./files_builtin.ts";
import { serveBuiltin } from "./serve_builtin.ts";

/** The exports of each granted builtin by name. Runs before the lockdown, while Deno can still be reached. Refuses a name that is not in the closed list. */
export async function takeBuiltins(
  init: WorkerInit,
  awake: () => void,
): Promise<readonly (readonly [name: string, values: Readonly<Record<string, unknown>>])[]> {
  const taken: [string, Readonly<Record<string, unknown>>][] = [];
  for (const name of init.builtins) {
    if (!(BUILTINS as readonly string[]).includes(name)) {
      throw new TypeError(`'${name}' is no builtin that can be granted`);
    }
    taken.push([
      name,
      name === "files" ? filesBuiltin(init) : name === "serve" ? serveBuiltin(init, awake) : await import(name),
    ]);
  }
  if (init.builtins.some((name) => NETWORK.includes(name))) await warmUpNames();
  return taken;
}

const NETWORK = ["node:net", "node:tls", "node:dns"];

/** The runtime's own resolver reads `Deno` at its first use, which is gone by then unless it was used before. */
async function warmUpNames(): Promise<void> {
  const dns = await import("node:dns");
  dns.getDefaultResultOrder();
}
