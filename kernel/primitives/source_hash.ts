import type { SourceSet } from "../contract/spec.ts";
import { sha256Hex } from "./sha256.ts";

/** What a lock records of a module's source: SHA-256 in hex over its entry and its files, in their order. */
export function sourceHash({ entry, files }: Pick<SourceSet, "entry" | "files">): Promise<string> {
  return sha256Hex(JSON.stringify([entry, files.map(({ path, text }) => [path, text])]));
}
