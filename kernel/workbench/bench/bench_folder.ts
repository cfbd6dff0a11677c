import { isFlagPath } from "../../watchdog/mod.ts";

/** With the longest socket name in it, a path that every system takes (103 bytes on macOS). */
const FOLDER_BYTES = 80;

/** A new folder of this user alone, for sockets and for what modules under test write. Who made it removes it. */
export function makeBenchFolder(): string {
  const made = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "mm-bench-" }));
  if (new TextEncoder().encode(made).length <= FOLDER_BYTES && isFlagPath(made)) return made;
  Deno.removeSync(made);
  return Deno.realPathSync(Deno.makeTempDirSync({ dir: "/tmp", prefix: "mm-bench-" }));
}
