import commonjsModule, { type RollupCommonJSOptions } from "@rollup/plugin-commonjs";
import { join } from "node:path";
import type { Plugin } from "@rollup/browser";
import { libraryHeader, type Lock } from "./library_header.ts";
import { resolveImport } from "./resolve_import.ts";
import { rollUp } from "./roll_up.ts";
import { vetLibrary } from "./vet_library.ts";

// The types of this package describe a CommonJS module, which is not what an import of it gives.
const commonjs = commonjsModule as unknown as (options: RollupCommonJSOptions) => Plugin;

/** One npm package with all it needs as one ES module, the same bytes for the same `deno.lock`, wherever it lies. */
export async function bundleLibrary(root: string, name: string): Promise<string> {
  const lock: Lock = JSON.parse(await Deno.readTextFile(join(root, "deno.lock")));
  const { code, imports, sources } = await rollUp(name, [
    readsPackages(root),
    commonjs({ ignoreDynamicRequires: true, strictRequires: "auto" }),
  ]);
  vetLibrary(name, code, imports);
  return await libraryHeader(name, sources, lock) + code;
}

function readsPackages(root: string): Plugin {
  return {
    name: "reads-packages",
    async resolveId(specifier, importer, options) {
      if (specifier.startsWith("\0") || importer?.startsWith("\0")) return null; // the CommonJS plugin's own
      const isRequire = options.custom?.["node-resolve"]?.isRequire === true;
      const from = importer === undefined ? { folder: root } : { file: importer };
      return await resolveImport({ specifier, from, style: isRequire ? "require" : "import" });
    },
    load: (id) => id.startsWith("\0") ? null : Deno.readTextFile(id),
  };
}
