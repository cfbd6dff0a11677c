import { WIRE } from "../contract/limits.ts";
import { nestsAtMost } from "./scan_depth.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A payload that the kernel itself reads, as JSON of unknown shape; undefined when it is none, or nested too deeply to be parsed safely. */
export function readJsonPayload(payload: Uint8Array): unknown {
  if (!nestsAtMost(WIRE.depth, payload)) return undefined;
  try {
    return JSON.parse(utf8.decode(payload));
  } catch {
    return undefined;
  }
}

const encoder = new TextEncoder();

/** What readJsonPayload reads. */
export function writeJsonPayload(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}
