/**
 * The one entry file: argv in, exit code out. Watchdog, kernel, cells and the command line are the same executable, told apart by the first
 * argument. Under `deno run` the watchdog starts the roles from their own files in kernel/roles/: each process then loads its own part only.
 */
const ROLES = ["kernel", "cell", "vet", "types"];

/** Runs the role that the first argument names, else the command line. Resolves with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [role, ...rest] = args;
  if (role !== undefined && ROLES.includes(role)) {
    // Not a literal import: that would load every role's sources into this process.
    const { runRole } = await import(new URL(`./kernel/roles/${role}.ts`, import.meta.url).href);
    return await runRole(rest);
  }
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
