/** The role `kernel`: started by the watchdog, which holds its stdin and stdout. */
import { runKernel } from "../bootstrap/mod.ts";
import { denoPowers, readHello } from "../powers_deno.ts";
import { keepLean } from "../primitives/keep_lean.ts";
import { releaseMemory } from "../primitives/release_memory.ts";
import { PROGRAM, serveHomeKernels } from "../program/mod.ts";
import { revokePlan } from "../primitives/revoke_plan.ts";

/** Resolves with the exit code only when there is no watchdog; a kernel that ran ends its process itself. */
export async function runRole(): Promise<number> {
  for (const one of revokePlan("kernel")) Deno.permissions.revokeSync(one as Deno.PermissionDescriptor);
  const powers = denoPowers();
  const hello = await readHello(powers.watchdog);
  if (hello === undefined) {
    console.error("a kernel is started by the watchdog only; 'start' starts both");
    return 1;
  }
  if (PROGRAM.form !== "sources") {
    serveHomeKernels(`${hello.home}/kernel`, { Kernel: (await import("../kernel.ts")).Kernel });
  }
  keepLean({ clock: powers.clock, rss: () => Deno.memoryUsage().rss, release: releaseMemory });
  // Ends the process when everything written has been taken; a bare exit could cut the last line.
  powers.exit(await runKernel(powers, hello));
  return await new Promise<never>(() => {});
}

if (import.meta.main) Deno.exit(await runRole());
