import { WIRE } from "../contract/limits.ts";
import type { Payload } from "../contract/wire.ts";
import { nestsAtMost } from "./scan_depth.ts";

/** A payload that the kernel itself reads, as JSON of unknown shape; undefined when it is none, or nested too deeply to be parsed safely. */
export function readJsonPayload(payload: Payload): unknown {
  if (typeof payload !== "string" || !nestsAtMost(WIRE.depth, payload)) return undefined;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** What readJsonPayload reads. */
export function writeJsonPayload(value: unknown): string {
  return JSON.stringify(value);
}
