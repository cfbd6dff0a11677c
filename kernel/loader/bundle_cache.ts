/** Bundles kept between runs: `runtime/cache/modules/<key>.mjs`. Losing any of it costs one vet. */
import type { Files } from "../contract/powers.ts";
import { SOURCES } from "../contract/limits.ts";
import { removeOldest } from "../primitives/remove_oldest.ts";
import { sha256Hex } from "../primitives/sha256.ts";

export interface BundleCache {
  /** Undefined also for a file that is torn, altered or unreadable. */
  read(key: string): Promise<string | undefined>;
  /** Never throws: a full disk must not keep a module from loading. */
  write(key: string, code: string): Promise<void>;
}

/** Files kept before the oldest goes: a home's modules, and their former versions for a quick way back. */
const KEPT = 256;
const NAME = /^[0-9a-f]{64}\.mjs$/;
const HEADER = /^\/\/ sha256 ([0-9a-f]{64})\n/;
const HEADER_BYTES = 75;

/** A cache in `folder`, which is made when something is written. The first line of each file is the hash of the rest. */
export function bundleCache(files: Files, folder: string, kept = KEPT): BundleCache {
  return {
    read: async (key) => {
      try {
        const text = await files.readText(`${folder}/${key}.mjs`, SOURCES.bundle_bytes + HEADER_BYTES);
        const header = text === undefined ? null : HEADER.exec(text);
        const code = text?.slice(header?.[0].length);
        return header !== null && await sha256Hex(code!) === header[1] ? code : undefined;
      } catch {
        return undefined;
      }
    },
    write: async (key, code) => {
      try {
        await files.makeFolder(folder);
        await files.writeWhole(`${folder}/${key}.mjs`, `// sha256 ${await sha256Hex(code)}\n${code}`);
        await removeOldest(files, folder, { name: NAME, kept });
      } catch {
        // The next load vets again.
      }
    },
  };
}
