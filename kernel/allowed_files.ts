/** Copies of what the lock allows, one file for each api, in a folder that no module can reach. */
import type { Files } from "./contract/powers.ts";
import type { AllowedCopies, AllowedCopy } from "./config/mod.ts";
import { isRecord } from "./primitives/check_fields.ts";

/** More than any source with its config has, escaped as JSON. */
const COPY_BYTES = 33_554_432;

export function allowedFiles(files: Files, folder: string): AllowedCopies {
  // No api has a dot, so no two share a file.
  const path = (api: string) => `${folder}/${api.replaceAll("/", ".")}.json`;
  /** What this process knows to lie there, by api. */
  const kept = new Map<string, string>();
  return {
    read: async (api) => {
      try {
        const text = await files.readText(path(api), COPY_BYTES);
        return text === undefined ? undefined : parseCopy(JSON.parse(text));
      } catch {
        return undefined;
      }
    },
    keep: async (api, copy) => {
      const key = `${copy.source.hash} ${copy.config.file} ${copy.config.text}`;
      if (kept.get(api) === key) return;
      try {
        await files.makeFolder(folder, 0o700);
        await files.writeWhole(path(api), JSON.stringify(copy));
        kept.set(api, key);
      } catch {
        // told by nobody: the module runs, and its next plan tries again
      }
    },
  };
}

function parseCopy(value: unknown): AllowedCopy | undefined {
  if (!isRecord(value) || !isRecord(value["config"]) || !isRecord(value["source"])) return undefined;
  const { config, source } = value;
  const { file, text } = config as Record<string, unknown>;
  const { path, entry, files, hash } = source as Record<string, unknown>;
  if (typeof file !== "string" || typeof text !== "string" || typeof path !== "string" || typeof entry !== "string") {
    return undefined;
  }
  if (typeof hash !== "string" || !Array.isArray(files)) return undefined;
  const texts = files.flatMap((one) =>
    isRecord(one) && typeof one["path"] === "string" && typeof one["text"] === "string"
      ? [{ path: one["path"], text: one["text"] }]
      : []
  );
  return texts.length === files.length
    ? { config: { file, text }, source: { path, entry, files: texts, hash } }
    : undefined;
}
