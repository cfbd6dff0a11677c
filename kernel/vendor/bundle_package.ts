import commonjsModule, { type RollupCommonJSOptions } from "@rollup/plugin-commonjs";
import { join } from "node:path";
import type { Plugin } from "@rollup/browser";
import { libraryHeader, type Lock, readHeader } from "./library_header.ts";
import { resolveImport } from "./resolve_import.ts";
import { rollUp } from "./roll_up.ts";
import { vetsPackage, type Wants } from "./vet_package.ts";

// The types of this package describe a CommonJS module, which is not what an import of it gives.
const commonjs = commonjsModule as unknown as (options: RollupCommonJSOptions) => Plugin;

export interface BundledPackage {
  readonly code: string;
  /** `name@version` → integrity, of all that is in it. */
  readonly contains: Readonly<Record<string, string>>;
}

/**
 * One npm package that somebody asked for, out of a folder with its `node_modules` and `deno.lock`, as one ES module that imports nothing. Throws
 * with all that it wants and no module has. Nothing of it is run.
 */
export async function bundlePackage(root: string, name: string): Promise<BundledPackage> {
  const wants: Wants = new Set();
  const plugins = [
    vetsPackage(wants),
    readsPackage(root),
    readsJson(),
    commonjs({ ignoreDynamicRequires: true, strictRequires: true }),
  ];
  let failed: Error | undefined;
  const rolled = await rollUp(name, plugins).catch((error: Error) => void (failed = error));
  if (wants.size > 0) throw new Error(`${name} wants what no module has: ${[...wants].sort().join(", ")}`);
  if (rolled === undefined) throw new Error(`${name} cannot be bundled: ${failed!.message.slice(0, 500)}`);
  if (rolled.imports.length > 0) throw new Error(`${name} imports ${rolled.imports.join(", ")} from outside of it`);
  const lock: Lock = JSON.parse(await Deno.readTextFile(join(root, "deno.lock")));
  const code = await libraryHeader(name, rolled.sources, lock, MADE_BY) + rolled.code;
  return { code, contains: integrities(Object.entries(readHeader(code, MADE_BY)), lock) };
}

const MADE_BY = "packages approve";

function integrities(versions: readonly (readonly [string, string])[], { npm }: Lock): Record<string, string> {
  return Object.fromEntries(versions.map(([name, version]) => {
    const id = `${name}@${version}`;
    const key = Object.keys(npm).find((one) => one === id || one.startsWith(`${id}_`))!;
    const { integrity } = npm[key] as { readonly integrity?: string };
    if (integrity === undefined) throw new Error(`deno.lock holds no integrity of ${id}`);
    return [id, integrity];
  }));
}

function readsPackage(root: string): Plugin {
  return {
    name: "reads-package",
    async resolveId(specifier, importer, options) {
      if (specifier.startsWith("\0") || importer?.startsWith("\0")) return null; // the CommonJS plugin's own
      const isRequire = options.custom?.["node-resolve"]?.isRequire === true;
      const from = importer === undefined ? { folder: root } : { file: importer };
      const real = await Deno.realPath(
        await resolveImport({ specifier, from, style: isRequire ? "require" : "import" }).catch((error) => {
          throw error instanceof Deno.errors.NotCapable ? outside(specifier) : error; // it looked above its folder
        }),
      );
      if (!real.startsWith(`${root}/node_modules/`)) throw outside(specifier);
      return real;
    },
    load: (id) => id.startsWith("/") && !id.includes("?") ? Deno.readTextFile(id) : null,
  };
}

function outside(specifier: string): Error {
  return new Error(`'${specifier}' is nothing that it depends on, or leads out of its folder`);
}

function readsJson(): Plugin {
  return {
    name: "reads-json",
    transform: (code, id) => id.endsWith(".json") ? { code: `export default ${code.trim()};\n`, map: null } : null,
  };
}
