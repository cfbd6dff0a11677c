import type { Finding } from "../contract/proposal.ts";
import { isRecord } from "../primitives/check_fields.ts";
import { clipText } from "../primitives/clip_text.ts";

/** Of one judge at once: a person reads them. */
const MOST = 64;
const SAID_UNITS = 2_000;
const CHECK = /^[a-z][a-z_]{0,31}$/;

/** What a judge says that it found; undefined for anything else. */
export function parseFindings(value: unknown): readonly Finding[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST) return undefined;
  const findings: Finding[] = [];
  for (const one of value) {
    const { check, passed, said } = isRecord(one) ? one : {};
    if (typeof check !== "string" || !CHECK.test(check) || typeof passed !== "boolean" || typeof said !== "string") {
      return undefined;
    }
    findings.push({ check, passed, said: clipText(said, SAID_UNITS) });
  }
  return findings;
}
