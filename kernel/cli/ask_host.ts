/** What most commands do: reach the host of the home, ask, hand on the answer. */
import type { ControlVerb, ControlVerbs } from "../contract/control.ts";
import type { Result } from "../contract/fault.ts";
import { connectHost } from "./connect.ts";
import { requestHost } from "./control_client.ts";
import type { Setting } from "./setting.ts";

/** A kernel that handed over before it began with what was asked says `moved`; its successor has the socket by then. So many in a row is a fault to be told. */
const MOST_ASKED = 3;

export async function askHost<V extends ControlVerb>(
  { home }: Setting,
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<Result<ControlVerbs[V]["answer"]>> {
  for (let asked = 1;; asked++) {
    const connection = await connectHost(home);
    if (!connection.ok) return connection;
    const answer = await requestHost(connection.value, verb, params);
    if (answer.ok || asked === MOST_ASKED || answer.fault.code !== "moved" || answer.fault.maybe_ran) return answer;
  }
}
