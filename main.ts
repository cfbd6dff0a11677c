/**
 * The one entry file: argv in, exit code out. Watchdog, kernel, cells and the command line are this file under the same executable, told
 * apart by the first argument. Each imports its own part only: the others are never evaluated in its process.
 */

/** Runs the role that the first argument names, else the command line. Resolves with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [role, ...rest] = args;
  switch (role) {
    case "kernel":
      return await runKernelRole();
    case "cell": {
      const { runCell } = await import("./kernel/guest/mod.ts");
      return await runCell(rest);
    }
    case "vet": {
      const { runVet } = await import("./kernel/guest/mod.ts");
      return await runVet(rest);
    }
    default:
      return await runCommandLine(args);
  }
}

async function runKernelRole(): Promise<number> {
  const { revokePlan } = await import("./kernel/primitives/revoke_plan.ts");
  for (const one of revokePlan("kernel")) Deno.permissions.revokeSync(one as Deno.PermissionDescriptor);
  const { denoPowers, readHello } = await import("./kernel/powers_deno.ts");
  const { runKernel } = await import("./kernel/bootstrap/mod.ts");
  const powers = denoPowers();
  const hello = await readHello(powers.watchdog);
  if (hello === undefined) {
    console.error("a kernel is started by the watchdog only; 'start' starts both");
    return 1;
  }
  // Ends the process when everything written has been taken; a bare exit could cut the last line.
  powers.exit(await runKernel(powers, hello));
  return await new Promise<never>(() => {});
}

async function runCommandLine(args: readonly string[]): Promise<number> {
  // The broker's answers would replace what Workers are narrowed to. Cells and kernels never see it: their environment is cleared.
  if (Deno.env.get("DENO_PERMISSION_BROKER_PATH") !== undefined) {
    console.error(
      "meta-machine does not start while DENO_PERMISSION_BROKER_PATH is set: the broker's answers would replace its fence; unset it",
    );
    return 1;
  }
  const { runCli } = await import("./kernel/cli/mod.ts");
  return await runCli([...args]);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
