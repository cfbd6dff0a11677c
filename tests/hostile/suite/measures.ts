/** What an attack has cost, measured from outside. */
import { until } from "../neighbour.ts";
import { cpuMs, memoryMb } from "./processes.ts";

/** Throws unless the process is gone or idle within a second. */
export async function assertIdle(pid: number, what: string): Promise<void> {
  const part = (before: number, after: number, ms: number) => (after - before) / ms;
  let busy = 1;
  await until(
    async () => {
      const before = cpuMs(pid);
      if (before === undefined) return true;
      const since = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 200));
      busy = part(before, cpuMs(pid) ?? before, performance.now() - since);
      return busy < 0.3;
    },
    1_000,
    () => `${what}: a second after its end the process still uses ${Math.round(busy * 100)} % of a core`,
  );
}

/** Looks every few milliseconds how much is resident; the most is what `end` gives. */
export function watchMemory(pid: number): { end(): Promise<number | undefined> } {
  let peak: number | undefined;
  let on = true;
  const watching = (async () => {
    while (on) {
      const found = memoryMb(pid, "peak");
      if (found === undefined) return;
      peak = found;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  })();
  return {
    async end() {
      on = false;
      await watching;
      return peak;
    },
  };
}
