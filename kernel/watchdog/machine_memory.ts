/** MiB of memory that this host may use: the machine's, or what its container is given of that. Undefined where nobody tells. */
export function machineMemory(): number | undefined {
  const found = [total(), ofContainer()].filter((bytes) => bytes !== undefined && bytes > 0);
  return found.length === 0 ? undefined : Math.max(1, Math.floor(Math.min(...found as number[]) / MIB));
}

const MIB = 1_048_576;
const CONTAINER = "/sys/fs/cgroup/memory.max";

function total(): number | undefined {
  try {
    return Deno.systemMemoryInfo().total;
  } catch {
    return undefined;
  }
}

/** `max` where there is no bound. */
function ofContainer(): number | undefined {
  try {
    const bytes = Number(Deno.readTextFileSync(CONTAINER));
    return Number.isSafeInteger(bytes) ? bytes : undefined;
  } catch {
    return undefined;
  }
}
