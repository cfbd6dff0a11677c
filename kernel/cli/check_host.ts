/** `doctor` on the host of a home: who holds the lock, whether the host answers, and what a killed one left. */
import { addressFile, connectHost } from "./connect.ts";
import { requestHost } from "./control_client.ts";
import { fail, type Finding, good, warn } from "./doctor_finding.ts";
import { lookAtHost } from "./look_at_host.ts";
import { lockHolder } from "./lock_holder.ts";

/** A kernel that is alive answers within milliseconds; a stopped one never would. */
const ANSWER_MS = 2_000;

export async function checkHost(home: string, version: string): Promise<readonly Finding[]> {
  const holder = await lockHolder(home);
  if (holder.state === "free") return [good("lock", "free: no host runs here"), await checkLeftovers(home)];
  const lock = good("lock", `held by pid ${holder.pid ?? "unknown"}`);
  const connection = await connectHost(home);
  if (!connection.ok) {
    return [lock, fail("host", connection.fault.message, "see runtime/logs; end the process that holds the lock")];
  }
  const late = setTimeout(() => connection.value.close(), ANSWER_MS);
  const pong = await requestHost(connection.value, "ping", {});
  clearTimeout(late);
  if (!pong.ok) return [lock, fail("host", "the kernel does not answer", "see runtime/logs; 'stop' and start again")];
  const { pid, epoch, config } = pong.value;
  const found = `kernel ${pong.value.version} by ${config} answers (pid ${pid}, epoch ${epoch})`;
  const mend = "stop and start the host to run this version";
  const host = pong.value.version === version
    ? good("host", found)
    : warn("host", `${found}; this program is ${version}`, mend);
  return [lock, host, ...await checkModules(home)];
}

/** The same figures as `status`, since they are asked for in the same way. */
async function checkModules(home: string): Promise<readonly Finding[]> {
  const look = await lookAtHost(home, undefined, 0);
  if (look.found !== "host") return []; // it ends in this moment: the next look says so
  const { modules } = look.host;
  const running = modules.filter(({ state }) => state === "running").length;
  const found = `${running} of ${modules.length} run`;
  const odd = modules.filter(({ state, reason }) => state !== "running" || reason !== undefined);
  if (odd.length === 0) return [good("modules", found)];
  const named = odd.map(({ api, state }) =>
    state === "running" ? `${api} runs on without its newest files` : `${api} is ${state}`
  );
  return [warn("modules", `${found}; ${named.join(", ")}`, "'status' says why")];
}

/** The address of a host that is gone: harmless, the next start replaces it. */
async function checkLeftovers(home: string): Promise<Finding> {
  try {
    await Deno.lstat(addressFile(home));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return good("sockets", "nothing left behind");
    }
    throw error;
  }
  return warn("sockets", "a killed host left its address and sockets", "nothing to do: the next start clears them");
}
