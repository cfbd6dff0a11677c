import commonjsModule, { type RollupCommonJSOptions } from "@rollup/plugin-commonjs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import type { Plugin } from "@rollup/browser";
import { LIBRARY_EXTRAS, type LibraryExtras } from "./library_extras.ts";
import { libraryHeader, type Lock } from "./library_header.ts";
import { resolveImport } from "./resolve_import.ts";
import { rollUp } from "./roll_up.ts";
import { vetLibrary } from "./vet_library.ts";

// The types of this package describe a CommonJS module, which is not what an import of it gives.
const commonjs = commonjsModule as unknown as (options: RollupCommonJSOptions) => Plugin;

/** One npm package with all it needs as one ES module, the same bytes for the same `deno.lock`, wherever it lies. */
export async function bundleLibrary(root: string, name: string): Promise<string> {
  const lock: Lock = JSON.parse(await Deno.readTextFile(join(root, "deno.lock")));
  const extras = LIBRARY_EXTRAS[name] ?? {};
  // "auto" would depend on the order in which files happen to be read.
  const plugins = [
    readsPackages(root, name, extras),
    commonjs({ ignoreDynamicRequires: true, strictRequires: true }),
  ];
  const { code, imports, sources } = await rollUp(name, plugins, extras.intro);
  vetLibrary(name, code, imports, extras.builtins);
  return await libraryHeader(name, sources, lock) + code;
}

/** What stands for a package's main file. */
const ENTRY = "entry:";
/** What stands for a builtin or package that is not there. */
const REPLACED = "replaced:";

function readsPackages(root: string, name: string, { entry, builtins = [], replaced = {} }: LibraryExtras): Plugin {
  return {
    name: "reads-packages",
    async resolveId(specifier, importer, options) {
      if (specifier.startsWith("lib:")) return { id: specifier, external: true }; // asked for again by the CommonJS plugin
      if (specifier.startsWith("\0") || importer?.startsWith("\0")) return null; // the CommonJS plugin's own
      if (importer === undefined && entry !== undefined) return ENTRY + name;
      if (Object.hasOwn(replaced, specifier)) return { id: REPLACED + specifier, syntheticNamedExports: true };
      const builtin = specifier.startsWith("node:") ? specifier : `node:${specifier}`;
      if (isBuiltin(builtin) && builtins.includes(builtin)) return { id: `lib:${builtin}`, external: true };
      const isRequire = options.custom?.["node-resolve"]?.isRequire === true;
      const from = importer === undefined || importer === ENTRY + name ? { folder: root } : { file: importer };
      return await resolveImport({ specifier, from, style: isRequire ? "require" : "import" });
    },
    load(id) {
      if (id.startsWith("\0")) return null;
      if (id.startsWith(REPLACED)) return replaced[id.slice(REPLACED.length)];
      return id === ENTRY + name ? entry : Deno.readTextFile(id);
    },
  };
}
