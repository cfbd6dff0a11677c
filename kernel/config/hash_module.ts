import type { ModuleSpec, SourceSet } from "../contract/spec.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import { canonicalText } from "./canonical_text.ts";

/** A prompt that was granted, and its text; undefined where there is no such file. */
export type PromptText = readonly [name: string, text: string | undefined];

/**
 * SHA-256 in hex over everything that a module's behaviour hangs on. Not over the name and version of its config file:
 * the same module under a new version of its config is told so in `status`, it need not be loaded again.
 */
export async function hashModule(spec: ModuleSpec, source: SourceSet, prompts: readonly PromptText[]): Promise<string> {
  const { config: _config, version: _version, ...behaviour } = spec;
  return await sha256Hex(canonicalText({ behaviour, origin: source.origin, source: source.hash, prompts }));
}
