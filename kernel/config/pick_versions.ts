import type { Rejection } from "../contract/spec.ts";
import { compareVersions } from "./compare_versions.ts";
import { deriveNames, hasConfigExtension } from "./derive_names.ts";
import { guessApi } from "./guess_api.ts";
import type { ConfigText } from "./read_configs.ts";
import { reject } from "./rejection.ts";

/** The one file of each base that counts. */
export interface PickedVersions {
  readonly picked: readonly ConfigText[];
  readonly rejected: readonly Rejection[];
}

/**
 * Picks the highest version of each base; a file without version is the lowest. Two highest that are equal (`x.yml` and
 * `x.yaml`, `-v1` and `-v1.0`) are a fault of both. A file that could not be read takes part: when it is the highest,
 * no lower one stands in for it (what ran keeps running), and its rejection gets the api its path says.
 */
export function pickVersions(texts: readonly ConfigText[], unread: readonly Rejection[]): PickedVersions {
  const refused = new Map(unread.map((rejection) => [rejection.file, rejection]));
  const readable = new Map(texts.filter(({ file }) => !refused.has(file)).map((text) => [text.file, text]));
  const picked: ConfigText[] = [];
  const rejected: Rejection[] = [...refused.values()].filter(({ file }) => !hasConfigExtension(file));
  const claimants = [...readable.keys(), ...refused.keys()].filter(hasConfigExtension);
  for (const group of Map.groupBy(claimants, (file) => deriveNames(file).base).values()) {
    const best = group.reduce((a, b) => (rank(b, a) > 0 ? b : a));
    const highest = group.filter((file) => rank(file, best) === 0).toSorted();
    for (const file of group) {
      const rejection = refused.get(file);
      const api = highest.includes(file) ? guessApi(file, readable.get(file)?.text) : undefined;
      if (rejection !== undefined) rejected.push({ ...rejection, ...(api !== undefined && { api }) });
      else if (highest.length > 1 && highest.includes(file)) rejected.push(tie(file, highest, api));
      else if (file === best) picked.push(readable.get(file)!);
    }
  }
  return { picked: picked.toSorted((a, b) => (a.file < b.file ? -1 : 1)), rejected };
}

function rank(a: string, b: string): number {
  return compareVersions(deriveNames(a).version, deriveNames(b).version);
}

function tie(file: string, highest: readonly string[], api: Rejection["api"]): Rejection {
  const others = highest.filter((other) => other !== file).join(", ");
  return reject(file, `found the same version in ${others}, allowed: one file for each version`, {
    api,
    hint: "remove one of them, or put a dot before its name; what ran before keeps running",
  });
}
