import assert from "node:assert/strict";
import type { ModuleSpec, Rejection } from "../../kernel/contract/spec.ts";
import { parseConfig } from "../../kernel/config/parse_config.ts";

/** The spec of a config text that has to be valid. */
export function specOf(text: string, file = "configs/a.yml"): ModuleSpec {
  const parsed = parseConfig({ file, text });
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.rejection.fault.message);
  return parsed.spec;
}

/** The rejection of a config text that has to be refused. */
export function refusalOf(text: string, file = "configs/a.yml"): Rejection {
  const parsed = parseConfig({ file, text });
  assert.ok(!parsed.ok, `expected a refusal of ${text}`);
  assert.equal(parsed.rejection.fault.code, "config_invalid");
  return parsed.rejection;
}

/** Only the text of the refusal. */
export function messageOf(text: string, file?: string): string {
  return refusalOf(text, file).fault.message;
}
