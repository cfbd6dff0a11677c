/** One look at a host for `status --watch`: never waits for long, and tells a kernel that is silent from a host that has ended. */
import type { ControlVerb, ControlVerbs } from "../contract/control.ts";
import type { Fault, Result } from "../contract/fault.ts";
import type { HostStatus } from "../contract/status.ts";
import { connectOnce } from "./connect.ts";
import { requestHost } from "./control_client.ts";
import { lockHolder } from "./lock_holder.ts";

/** A kernel that is alive answers within milliseconds. */
const ANSWER_MS = 2_000;

export type Look =
  | { readonly found: "host"; readonly host: HostStatus; readonly events: readonly unknown[] }
  /** Nobody answers, but the host is there: its kernel is being started, or hangs. */
  | { readonly found: "silence" }
  | { readonly found: "refusal"; readonly fault: Fault }
  | { readonly found: "end" };

/** Of one module when `api` is given; with so many of the latest events. */
export async function lookAtHost(home: string, api: string | undefined, events: number): Promise<Look> {
  const about = api === undefined ? {} : { api };
  const status = await askOnce(home, "status", about, () => Promise.resolve());
  if (!status.ok) return await withoutAnswer(home, status.fault);
  const found: unknown[] = [];
  if (events > 0) {
    const params = { ...about, follow: false, lines: events };
    await askOnce(home, "events", params, (event) => Promise.resolve(void found.push(event)));
  }
  return { found: "host", host: status.value, events: found };
}

async function withoutAnswer(home: string, fault: Fault): Promise<Look> {
  if (fault.code !== "service_down") return { found: "refusal", fault };
  return (await lockHolder(home)).state === "free" ? { found: "end" } : { found: "silence" };
}

async function askOnce<V extends ControlVerb>(
  home: string,
  verb: V,
  params: ControlVerbs[V]["params"],
  onItem: (item: unknown) => Promise<void>,
): Promise<Result<ControlVerbs[V]["answer"]>> {
  const connection = await connectOnce(home);
  if (!connection.ok) return connection;
  const late = setTimeout(() => connection.value.close(), ANSWER_MS);
  try {
    return await requestHost(connection.value, verb, params, onItem);
  } finally {
    clearTimeout(late);
  }
}
