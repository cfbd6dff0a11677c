/** Whether there is a Chroma server to test with. */
import { join } from "@std/path";

/** As `.ci/run` installs it. */
export const CHROMA_VERSION = "1.5.9";

/** Why there is no server here, or undefined. */
export function missingChroma(): string | undefined {
  return chromaFolder() === undefined
    ? `chromadb ${CHROMA_VERSION} is not installed (.ci/run: python3 -m pip install --no-deps --target FOLDER chromadb==${CHROMA_VERSION})`
    : undefined;
}

/** The folder of Python packages that has the server. */
export function chromaFolder(): string | undefined {
  const home = Deno.env.get("HOME");
  const caches = Deno.env.get("XDG_CACHE_HOME") ?? (home === undefined ? undefined : join(home, ".cache"));
  if (caches === undefined) return undefined;
  const folder = join(caches, "meta-machine", `chroma-${CHROMA_VERSION}`);
  try {
    Deno.statSync(join(folder, "chromadb_rust_bindings"));
    return folder;
  } catch {
    return undefined;
  }
}
