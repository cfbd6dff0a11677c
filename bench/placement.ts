/** Starts a tree of processes on all cores, or on the last one this process may use. */
import type { Placement } from "./contender.ts";

/** Why nothing can be pinned here, or undefined. */
export function whyNotPinned(): string | undefined {
  if (Deno.build.os !== "linux") return "pinning needs Linux's taskset";
  try {
    return new Deno.Command("taskset", { args: ["--version"], stdout: "null" }).outputSync().success
      ? undefined
      : "taskset does not run here";
  } catch {
    return "there is no taskset on this machine (package util-linux)";
  }
}

export function command(
  placement: Placement,
  args: readonly string[],
  options: Omit<Deno.CommandOptions, "args">,
): Deno.Command {
  if (placement === "free") return new Deno.Command(Deno.execPath(), { ...options, args: [...args] });
  return new Deno.Command("taskset", { ...options, args: ["-c", lastCore(), Deno.execPath(), ...args] });
}

/** Of the cores this process may use; the first one gets most interrupts. */
function lastCore(): string {
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1] ?? "0";
  return /(\d+)$/.exec(allowed)![1]!;
}
