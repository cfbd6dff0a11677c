/** The tools of a running host under one principal's authority, over its control socket. */
import type { ControlVerb, ControlVerbs } from "../../contract/control.ts";
import { FaultError, type Result } from "../../contract/fault.ts";
import { type ToolAuthority, toolFailed, toolSucceeded } from "../../guest/mod.ts";
import { connectHost } from "../connect.ts";
import { requestHost } from "../control_client.ts";

/** A kernel that handed over says `moved` to what it had not begun; its successor has the socket by then. */
const MOST_ASKED = 3;

/** Each request has a connection of its own: a kernel that died meanwhile costs the one call that it had. */
export function hostTools(home: string, principal: string): ToolAuthority {
  return {
    async listTools() {
      let answer = await ask(home, "tools", { principal });
      // Its kernel died while it answered: to look once more does no harm.
      if (!answer.ok && answer.fault.maybe_ran) answer = await ask(home, "tools", { principal });
      if (!answer.ok) throw new FaultError(answer.fault);
      return answer.value;
    },
    async callTool(request, { signal } = {}) {
      const { tool, params = {} } = request;
      const answer = await ask(home, "tool", { principal, tool, params }, signal);
      signal?.throwIfAborted();
      return answer.ok ? toolSucceeded(request, answer.value) : toolFailed(request, answer.fault);
    },
  };
}

/** To hang up is to give the call up: the kernel tells the module so. */
async function ask<V extends ControlVerb>(
  home: string,
  verb: V,
  params: ControlVerbs[V]["params"],
  signal?: AbortSignal,
): Promise<Result<ControlVerbs[V]["answer"]>> {
  for (let asked = 1;; asked++) {
    signal?.throwIfAborted();
    const connection = await connectHost(home);
    if (!connection.ok) return connection;
    const hangUp = () => connection.value.close();
    signal?.addEventListener("abort", hangUp, { once: true });
    try {
      const answer = await requestHost(connection.value, verb, params);
      if (answer.ok || asked === MOST_ASKED || answer.fault.code !== "moved" || answer.fault.maybe_ran) return answer;
    } finally {
      signal?.removeEventListener("abort", hangUp);
    }
  }
}
