/** What no module may write, whoever allows it: there the host finds what it runs, with which grants, and what it knows. */
import type { FolderGrant } from "../contract/spec.ts";

/** Below the home; in a home that is the program's own folder the host's code as well. */
const HOSTS_OWN: readonly string[] = Object.freeze([
  ...["configs", "plugins", "prompts", "kernel", "libs", "node_modules"],
  ...["main.ts", "deno.json", "deno.lock", "package.json"],
]);
const MODULES_OWN = "runtime/files";

/** The first folder whose grant would let a module write there; undefined when there is none. The shipped filesystem service holds the whole home, and keeps these itself. */
export function neverWritten(folders: readonly FolderGrant[]): FolderGrant | undefined {
  return folders.find(({ path, mode }) => mode === "rw" && isHostsOwn(path.toLowerCase()));
}

/** Compared in small letters: on some systems `Configs` is the same folder. A name that begins with a dot is nobody's but the operator's. */
function isHostsOwn(path: string): boolean {
  const [first] = path.split("/");
  if (first === "runtime") return path !== MODULES_OWN && !path.startsWith(`${MODULES_OWN}/`);
  return path === "." || first!.startsWith(".") || HOSTS_OWN.includes(first!);
}
