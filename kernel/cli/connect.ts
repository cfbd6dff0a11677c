/** Finds the host that runs in a home. */
import { join } from "@std/path";
import { type Fault, fault, refuse, type Result } from "../contract/fault.ts";
import { lockHolder } from "./lock_holder.ts";
import { pause } from "./pause.ts";

/** How long a host that is alive may be without its socket: the watchdog starts a kernel that died within this time. */
const RESTART_MS = 3_000;
const RETRY_MS = 50;

/** Where the address of a running host stands; the text is the path of its socket. */
export function addressFile(home: string): string {
  return join(home, "runtime/run/address");
}

/**
 * A connection to the host's control socket. While somebody holds the home's lock a refusal is taken for a kernel that is being started
 * again, and tried again for a while.
 */
export async function connectHost(home: string): Promise<Result<Deno.UnixConn>> {
  const deadline = performance.now() + RESTART_MS;
  for (;;) {
    const attempt = await connectOnce(home);
    if (attempt.ok || attempt.fault.code !== "service_down") return attempt;
    const holder = await lockHolder(home);
    if (holder.state === "free") return attempt;
    if (performance.now() > deadline) return refuse(silentHost(home, holder.pid));
    await pause(RETRY_MS);
  }
}

/**
 * For those who were connected: waits for the next kernel as long as the host lives. Undefined when it has ended, or when the signal was aborted.
 */
export async function connectAgain(home: string, signal: AbortSignal): Promise<Deno.UnixConn | undefined> {
  for (;;) {
    await pause(RETRY_MS, signal); // also a host that takes connections and refuses requests, since it stops, is not asked without end
    if (signal.aborted) return undefined;
    const attempt = await connectOnce(home);
    if (attempt.ok) return attempt.value;
    const holder = await lockHolder(home);
    if (holder.state === "free") return undefined;
  }
}

/** One attempt: `service_down` when nobody listens at this moment. */
export async function connectOnce(home: string): Promise<Result<Deno.UnixConn>> {
  try {
    const path = (await Deno.readTextFile(addressFile(home))).trim();
    return { ok: true, value: await Deno.connect({ transport: "unix", path }) };
  } catch (error) {
    return refuse(connectFault(home, error));
  }
}

/** Its watchdog lives, its kernel does not, or hangs. */
function silentHost(home: string, pid: number | undefined): Fault {
  return fault(
    "service_down",
    `the host of ${home} (pid ${pid ?? "unknown"}) does not answer: its kernel does not run`,
    {
      hint: `${join(home, "runtime/logs")}/ has the reason; 'stop' ends the host all the same`,
    },
  );
}

function connectFault(home: string, error: unknown): Fault {
  if (error instanceof Deno.errors.PermissionDenied) {
    return fault("denied", `the host of ${home} belongs to another user`, {
      hint: "run this as the user who started it",
    });
  }
  const gone = error instanceof Deno.errors.NotFound || error instanceof Deno.errors.ConnectionRefused ||
    error instanceof Deno.errors.NotADirectory;
  if (gone) {
    return fault("service_down", `no host runs in ${home}: start it with 'deno task start'`, {
      hint: "or name the home of the host you mean with --home",
    });
  }
  return fault("internal", `can't reach the host of ${home}: ${error instanceof Error ? error.message : error}`);
}
