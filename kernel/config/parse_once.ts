import { parseConfig, type ParsedConfig } from "./parse_config.ts";
import type { ConfigText } from "./read_configs.ts";

/** What a text says, as long as the text is kept: three hundred of them take the kernel twenty milliseconds, and mostly one has changed. */
const parsed = new WeakMap<ConfigText, ParsedConfig>();

/** parseConfig, once for each text that was read. */
export function parseOnce(text: ConfigText): ParsedConfig {
  const known = parsed.get(text) ?? parseConfig(text);
  parsed.set(text, known);
  return known;
}
