/** What is said of a module that did not come to serve, in words. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { LoadOrder } from "../../contract/wire.ts";

export function loadedLate({ api, limits }: LoadOrder): Fault {
  const hint = "raise limits.load_ms, or do less before and in the constructor";
  return fault("load_failed", `'${api}' did not load within ${limits.load_ms} ms`, { hint, retriable: true });
}

export function toolsTooLarge(api: string, bytes: number): Fault {
  return fault("load_failed", `the tools of '${api}' take more than ${bytes} bytes to describe`);
}

/** It is not here, or does not serve (any more). */
export function notServing(instance: InstanceId): Fault {
  return fault("moved", `the instance ${instance} is no longer here`);
}
