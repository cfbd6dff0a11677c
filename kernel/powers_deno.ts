/** The one place that turns Deno into contract/powers.ts (with powers_deno_*.ts beside it). It decides nothing. */
import process from "node:process";
import type { Hello } from "./contract/channel.ts";
import type { Clock, KernelPowers, LineChannel, Randomness } from "./contract/powers.ts";
import { turnClock } from "./primitives/turn_clock.ts";
import { parseFromWatchdog } from "./primitives/parse_from_watchdog.ts";
import { allFiles as denoFiles } from "./powers_deno_program.ts";
import { lineChannel, pipeWriter } from "./powers_deno_lines.ts";
import { denoTracer } from "./powers_deno_tracer.ts";
import { denoSockets } from "./powers_deno_sockets.ts";

export { denoFiles, denoSockets };

/** What waits for a reader of stderr who is too slow; more is dropped, so that a stopped pager can't fill the kernel's memory. */
const STDERR_BYTES = 1_048_576;
/** Lines of the watchdog that are no messages: the first ones are told. */
const STRANGE_LINES = 20;
/** Time that `exit` gives the readers of stdout and stderr to take the rest. */
const FLUSH_MS = 1_000;

/** All powers of a kernel process, whose stdin and stdout are the watchdog's pipes. */
export function denoPowers(): KernelPowers {
  // A terminal's Ctrl-C and hang-up reach the whole group. The watchdog alone decides what they mean; without a listener this process would die.
  for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) Deno.addSignalListener(signal, () => {});
  const stderr = pipeWriter(Deno.stderr.writable, STDERR_BYTES);
  const stdout = pipeWriter(Deno.stdout.writable, Infinity);
  return {
    clock: denoClock,
    random: denoRandom,
    files: denoFiles,
    sockets: denoSockets,
    watchdog: lineChannel(
      Deno.stdin.readable,
      stdout,
      fewTimes(STRANGE_LINES, (why) => {
        stderr.write(`the watchdog wrote ${why}; it is passed over\n`);
      }),
    ),
    pid: Deno.pid,
    runtime: Deno.version.deno,
    stderr: (line) => stderr.write(line + "\n"),
    exit: (code) => {
      const late = new Promise((then) => setTimeout(then, FLUSH_MS));
      void Promise.race([Promise.all([stdout.flush(), stderr.flush()]), late]).then(() => Deno.exit(code));
    },
    figures: () => {
      const { user, system } = process.cpuUsage();
      return { rss: Deno.memoryUsage().rss, cpu_ms: (user + system) / 1_000 };
    },
    tracer: denoTracer(),
  };
}

function fewTimes(times: number, say: (why: string) => void): (why: string) => void {
  let said = 0;
  return (why) => {
    if (said++ < times) say(why);
  };
}

/** The first line a kernel reads. Undefined when the watchdog went away, or there never was one. Later messages stay in the channel. */
export async function readHello(watchdog: LineChannel): Promise<Hello | undefined> {
  const { done, value } = await watchdog.messages()[Symbol.asyncIterator]().next();
  const message = done ? undefined : parseFromWatchdog(value);
  return message?.t === "hello" ? message : undefined;
}

export const denoClock: Clock = {
  now: () => Date.now(),
  monotonic: turnClock(() => performance.now()),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

export const denoRandom: Randomness = {
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  unit: () => Math.random(),
};
