/** What a key of a config admits, in the words with which its parser refuses everything else: the reference can't say anything else than the code. */
import { parseConfig, parseMeta } from "../kernel/config/mod.ts";
import type { Config } from "../kernel/guest/sdk/mod.ts";
import { type ParamKey, readSettings } from "../plugins/openai/settings.ts";
import type { ModuleSpec } from "../kernel/contract/spec.ts";

/** A module's config with nothing in it. */
export function defaults(): ModuleSpec {
  const parsed = parseConfig({ file: "configs/x.yml", text: "" });
  if (!parsed.ok) throw new Error(parsed.rejection.fault.message);
  return parsed.spec;
}

/** `wrong` is a YAML text that the key refuses. */
export function allowedIn(wrong: string): string {
  const parsed = parseConfig({ file: "configs/x.yml", text: `${wrong}\n` });
  return allowed(wrong, parsed.ok ? undefined : parsed.rejection.fault.message);
}

/** The same for a key of a meta file. */
export function allowedInMeta(wrong: string): string {
  const parsed = parseMeta(`${wrong.startsWith("prog:") ? "" : "prog: kernel\n"}${wrong}\n`);
  return allowed(wrong, parsed.ok ? undefined : parsed.reason);
}

/** Of a key below `params:` of an inference config. */
export function allowedInParams(key: ParamKey): string {
  try {
    readSettings({ get: () => ({ [key]: Symbol.for("wrong") }) } as unknown as Config);
  } catch (error) {
    const text = /; (.*?),? works$/.exec((error as Error).message)?.[1];
    if (text !== undefined) return text.replace(/\d{5,}/g, (digits) => Number(digits).toLocaleString("en-US").replaceAll(",", " "));
  }
  throw new Error(`params.${key} takes anything`);
}

function allowed(wrong: string, refusal: string | undefined): string {
  const text = refusal === undefined ? undefined : /, allowed: ([^]*)$/.exec(refusal)?.[1];
  if (text === undefined) throw new Error(`'${wrong}' is not refused: ${refusal}`);
  return text.replace(/; set api: or rename the file$/, "").replace(/\d{5,}/g, (digits) => Number(digits).toLocaleString("en-US").replaceAll(",", " "));
}
