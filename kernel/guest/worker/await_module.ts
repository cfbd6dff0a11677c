import type { BlankInit, WorkerInit } from "../port.ts";
import { GLOBAL_NAMES } from "./global_names.ts";
import { rehearseCall } from "./rehearse_call.ts";

/** A Worker that was made ahead of its module: it goes through what would take time later, says so, and waits for the rest on its port. */
export async function awaitModule({ port }: BlankInit): Promise<WorkerInit> {
  // The runtime makes many of its globals when they are first read.
  for (const name of GLOBAL_NAMES) void (globalThis as unknown as Record<string, unknown>)[name];
  rehearseCall();
  const { promise, resolve } = Promise.withResolvers<Omit<WorkerInit, "port">>();
  port.onmessage = ({ data }) => resolve(data);
  port.postMessage([]);
  return { ...await promise, port };
}
