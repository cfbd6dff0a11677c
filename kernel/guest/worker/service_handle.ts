import { fault, FaultError } from "../../contract/fault.ts";
import { isPrivateName } from "../../contract/names.ts";
import type { HandleStats } from "../sdk/mod.ts";
import type { CallOptions, MadeCalls } from "./made_calls.ts";
import { create, freeze, SafeMap, wallClock } from "./primordials.ts";

/** What `handle instanceof ModuleHandle` would be asked of: it makes a handle something else than plain data. */
class ModuleHandle {}

const { Promise: NativePromise, Proxy: NativeProxy } = globalThis;
const target = freeze(create(ModuleHandle.prototype)) as object;

/**
 * What `kernel.getApi(name)` gives: every property is a method of the service, looked up at each call. Nothing mutates a handle. `then` is absent, so that a
 * handle is never mistaken for a promise; symbols are absent too, but for disposal.
 */
export function serviceHandle(
  calls: Pick<MadeCalls, "call">,
  api: string,
  aspect: string,
  authority: Pick<CallOptions, "as_caller" | "parent"> = {},
): object {
  let access_count = 0;
  let last_access_time: number | null = null;
  let disposed = false;

  function ask(name: string, kind: "call" | "get", args: readonly unknown[]): Promise<unknown> {
    if (disposed) return refusal("cancelled", `The handle of '${api}' (aspect '${aspect}') has been disposed`);
    if (isPrivateName(name) || name === "__proto__") {
      return refusal("private_name", `Access to private attribute '${name}' is not allowed`);
    }
    if (authority.parent?.over) {
      return refusal("cancelled", `The call for whose caller '${name}' of '${api}' was to be called is over`);
    }
    return calls.call({ api, aspect, name, kind }, args, {
      ...authority,
      answered(live) {
        if (!live) return;
        access_count++;
        last_access_time = wallClock() / 1000;
      },
    });
  }
  const asAspect = (name: string) => serviceHandle(calls, api, String(name), authority);
  const getStats = (): Promise<HandleStats> =>
    NativePromise.resolve({ api_name: api, access_count, last_access_time, active_aspect: aspect });
  const dispose = () => {
    disposed = true;
  };
  const reserved = new SafeMap<string | symbol, unknown>();
  reserved.set("then", undefined);
  reserved.set("asAspect", asAspect);
  reserved.set("as_aspect", asAspect);
  reserved.set("getStats", getStats);
  reserved.set("get_stats", getStats);
  reserved.set("get", (name: string) => ask(String(name), "get", []));
  reserved.set("call", (name: string, ...args: unknown[]) => ask(String(name), "call", args));
  reserved.set(Symbol.dispose, dispose);
  reserved.set(Symbol.asyncDispose, () => NativePromise.resolve(dispose()));

  return new NativeProxy(target, {
    get(_, name) {
      if (typeof name === "symbol" || reserved.has(name)) return reserved.get(name);
      if (isPrivateName(name)) {
        throw new FaultError(fault("private_name", `Access to private attribute '${name}' is not allowed`));
      }
      return (...args: unknown[]) => ask(name, "call", args);
    },
    has: (_, name) => typeof name === "string" && name !== "then" && !isPrivateName(name),
    set: () => false,
    deleteProperty: () => false,
    defineProperty: () => false,
    setPrototypeOf: () => false,
  });
}

function refusal(code: "cancelled" | "private_name", message: string): Promise<never> {
  return NativePromise.reject(new FaultError(fault(code, message)));
}
