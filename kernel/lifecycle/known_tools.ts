/** The tools of modules that have been loaded once, by their PlannedModule.hash: the catalog shows them while a module sleeps, also after a restart. */
import type { Files } from "../contract/powers.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import { parseTools } from "../primitives/parse_tool_spec.ts";
import { removeOldest } from "../primitives/remove_oldest.ts";

export interface KnownTools {
  /** Undefined when the module was never loaded as it is now. */
  read(hash: string): Promise<readonly ToolSpec[] | undefined>;
  /** Never throws: what was not written is learned again. */
  write(hash: string, tools: readonly ToolSpec[]): Promise<void>;
}

/** Files kept before the oldest goes: a home's modules and some of their former versions. */
const KEPT = 1_024;
const FILE_BYTES = 1_048_576;
const NAME = /^[0-9a-f]{64}\.json$/;

/** One file for each, in `folder`, which may be deleted. */
export function toolFiles(files: Files, folder: string, kept = KEPT): KnownTools {
  return {
    read: async (hash) => {
      try {
        const text = await files.readText(`${folder}/${hash}.json`, FILE_BYTES);
        return text === undefined ? undefined : parseTools(JSON.parse(text));
      } catch {
        return undefined;
      }
    },
    write: async (hash, tools) => {
      try {
        await files.makeFolder(folder);
        await files.writeWhole(`${folder}/${hash}.json`, JSON.stringify(tools));
        await removeOldest(files, folder, { name: NAME, kept });
      } catch {
        // The module is loaded once more instead.
      }
    },
  };
}
