/** One host for one home: an advisory lock that the system frees when its holder dies, however it dies. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";

export interface HomeLock {
  /** Frees it. Twice is harmless. */
  release(): void;
}

/** A command that only asks whether a host runs holds the lock for an instant; a host holds it longer. */
const TRIES = 5;
const BETWEEN_TRIES_MS = 20;

/** Takes `runtime/run/lock` of the home, or refuses with the holder's pid. The folder must exist. */
export async function takeHomeLock(home: string): Promise<Result<HomeLock>> {
  const file = Deno.openSync(`${home}/runtime/run/lock`, { read: true, write: true, create: true, mode: 0o600 });
  if (!await tryLock(file)) {
    const pid = readPid(file);
    file.close();
    return refuse(fault(
      "conflict",
      `meta-machine already runs in ${home} (pid ${pid}); stop it with 'deno task cli stop'`,
      { hint: "stop it first, or start in another home", retriable: false },
    ));
  }
  file.truncateSync(0);
  file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  let held = true;
  return ok({
    release: () => {
      if (held) file.close();
      held = false;
    },
  });
}

async function tryLock(file: Deno.FsFile): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries++) {
    if (file.tryLockSync(true)) return true;
    await new Promise((then) => setTimeout(then, BETWEEN_TRIES_MS));
  }
  return false;
}

/** The holder may not have written its pid yet. */
function readPid(file: Deno.FsFile): string {
  const bytes = new Uint8Array(32);
  const count = file.readSync(bytes) ?? 0;
  return /^[0-9]+/.exec(new TextDecoder().decode(bytes.subarray(0, count)))?.[0] ?? "unknown";
}
