/** What the holder of a token may do, as `kernel.asBearer` gives it: every call shows the token, and is given up with the signal. */
import { KERNEL_API } from "../../contract/names.ts";
import type { AskedRight, BearerKernel } from "../sdk/mod.ts";
import { bearerCalls } from "./bearer_calls.ts";
import type { MadeCalls } from "./made_calls.ts";
import { freeze } from "./primordials.ts";
import { serviceHandle } from "./service_handle.ts";
import { toolAuthority } from "./tool_calls.ts";

const MAY = { api: KERNEL_API, aspect: "default", name: "may", kind: "call" } as const;

export async function bearerKernel(
  made: Pick<MadeCalls, "call">,
  token: string,
  signal?: AbortSignal,
): Promise<BearerKernel> {
  const bearer = bearerCalls(made, token);
  const { principal } = await bearer.show();
  const calls: Pick<MadeCalls, "call"> = {
    call: (target, args, more) => bearer.calls.call(target, args, { ...more, until: signal }),
  };
  const getApi = (name: string) => serviceHandle(calls, String(name), "default");
  const mayCall = (asked: AskedRight) => calls.call(MAY, [asked]) as Promise<boolean>;
  return freeze({
    ...toolAuthority(calls, {}),
    principal,
    getApi,
    get_api: getApi,
    mayCall,
  }) as unknown as BearerKernel;
}
