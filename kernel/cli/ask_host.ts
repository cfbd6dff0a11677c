/** What most commands do: reach the host of the home, ask once, hand on the answer. */
import type { ControlVerb, ControlVerbs } from "../contract/control.ts";
import type { Result } from "../contract/fault.ts";
import { connectHost } from "./connect.ts";
import { requestHost } from "./control_client.ts";
import type { Setting } from "./setting.ts";

export async function askHost<V extends ControlVerb>(
  { home }: Setting,
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<Result<ControlVerbs[V]["answer"]>> {
  const connection = await connectHost(home);
  return connection.ok ? await requestHost(connection.value, verb, params) : connection;
}
