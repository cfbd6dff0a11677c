/** What a home has under a name, and what of it keeps a stranger's plugin out. */
import { type Fault, fault } from "../../contract/fault.ts";
import { deriveNames, type LockEntry, parseConfig, pickVersions, readConfigs } from "../../config/mod.ts";
import { denoFiles } from "../../powers_deno.ts";

export interface WhatIsThere {
  /** Relative to the home, in the forms that a module may have. */
  readonly plugins: readonly string[];
  /** `configs/NAME.yml` and its versions. */
  readonly configs: readonly { readonly file: string; readonly text: string }[];
  /** Those with a dot before their name: switched off. */
  readonly disabled: readonly string[];
  /** Other configs that claim the api, or take their source from here. */
  readonly others: readonly string[];
}

export async function whatIsThere(home: string, name: string): Promise<WhatIsThere> {
  const forms = [`plugins/${name}.ts`, `plugins/${name}.js`, `plugins/${name}`];
  const there = await Promise.all(forms.map(async (path) => await denoFiles.lstat(`${home}/${path}`) && path));
  const { texts } = await readConfigs(denoFiles, home, new Map(), { dotted: "list" });
  const found: { file: string; text: string }[] = [];
  const disabled: string[] = [];
  const others: string[] = [];
  for (const { file, text } of texts) {
    const bare = file.replace(/\/\.+([^/]*)$/, "/$1");
    const { base } = deriveNames(bare);
    if (base === `configs/${name}`) {
      if (bare === file) found.push({ file, text });
      else disabled.push(file);
      continue;
    }
    if (bare !== file) continue;
    const parsed = parseConfig({ file, text });
    const api = parsed.ok ? parsed.spec.api : parsed.rejection.api;
    const prog = parsed.ok ? parsed.spec.prog : undefined;
    if (api === name || prog === name || prog?.startsWith(`${name}/`)) others.push(file);
  }
  return { plugins: there.filter((path) => path !== undefined), configs: found, disabled, others };
}

/** The one that counts. */
export function keptConfig({ configs }: WhatIsThere): { readonly file: string; readonly text: string } | undefined {
  const texts = configs.map((one) => ({ ...one, facts: { size: one.text.length, mtime_ms: 0, inode: 0 } }));
  return pickVersions(texts, []).picked[0];
}

/** A module that was added before makes place for its next version; nothing else does. */
export function inTheWay(name: string, there: WhatIsThere, entry: LockEntry | undefined): Fault | undefined {
  const { plugins, configs, disabled, others } = there;
  if (others.length > 0 && entry?.origin !== "added") {
    return fault("conflict", `'${name}' is the api or the prog of ${others.join(", ")}`, {
      hint: "take it in under another name with --as, or remove those files",
      retriable: false,
    });
  }
  const claimed = [...plugins, ...configs.map(({ file }) => file), ...disabled];
  if (claimed.length > 0 && entry?.origin !== "added") {
    return fault("conflict", `'${name}' is there already: ${claimed.join(", ")}`, {
      hint: "take it in under another name with --as, or remove those files",
      retriable: false,
    });
  }
  if (disabled.length === 0) return undefined;
  return fault("conflict", `'${name}' is disabled: ${disabled.join(", ")}`, {
    hint: `a new version would switch it on: 'enable ${name}' first, or remove that file`,
    retriable: false,
  });
}
