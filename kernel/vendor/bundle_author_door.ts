import commonjsModule, { type RollupCommonJSOptions } from "@rollup/plugin-commonjs";
import type { Plugin } from "@rollup/browser";
import { basename, dirname, join, resolve } from "node:path";
import { CODE_DOORS, type Door, DOORS } from "../contract/doors.ts";
import { besides } from "./bundle_door.ts";
import { libraryHeader, type Lock } from "./library_header.ts";
import { inAscii, readsTypeScript } from "./reads_typescript.ts";
import { resolveImport } from "./resolve_import.ts";
import { rollUp } from "./roll_up.ts";

// The types of this package describe a CommonJS module, which is not what an import of it gives.
const commonjs = commonjsModule as unknown as (options: RollupCommonJSOptions) => Plugin;

/** Only a vet cell bundles and lexes, which is a process of its own: here both would be dead weight. */
const LEFT_OUT = {
  "@rollup/browser": 'export const rollup = () => { throw new Error("only a vet cell bundles"); };\n',
  "es-module-lexer": "export const init = () => {};\nexport const parse = () => [[]];\n",
};

/**
 * The code of one door as one ES module, with what it needs of packages: it resolves nothing where it runs, but for the package that it goes with,
 * of which there must be one only.
 */
export async function bundleAuthorDoor(root: string, { entry }: Door): Promise<string> {
  const made = `// ${entry} (made by deno task vendor author)\n`;
  const plugins = [
    readsOwnNames(root),
    leavesOut(CODE_DOORS.filter((door) => door.entry === entry).flatMap(besides)),
    readsInstalled(root),
    readsTypeScript(LEFT_OUT),
    commonjs({ strictRequires: "auto" }),
  ];
  const { code, sources } = await rollUp(join(root, entry), plugins);
  const beside = code.replaceAll(`'${BESIDE}`, "'./");
  const packages = sources.filter((source) => source.includes("/node_modules/"));
  if (packages.length === 0) return made + inAscii(beside);
  const lock: Lock = JSON.parse(await Deno.readTextFile(join(root, "deno.lock")));
  return await libraryHeader(entry, packages, lock) + made + inAscii(beside);
}

/** `@std/…` as the import map has it, and what lies beside the bundle already. */
function readsOwnNames(root: string): Plugin {
  return {
    name: "reads-own-names",
    resolveId(specifier, importer) {
      if (specifier.startsWith("@std/")) return join(root, `kernel/std/${specifier.slice(5)}.ts`);
      const file = importer === undefined ? undefined : resolve(dirname(importer), specifier);
      if (file?.startsWith(join(root, "libs/")) && file.endsWith(".mjs")) {
        return { id: BESIDE + basename(file), external: true };
      }
      return null;
    },
  };
}

/** These names stay imports. */
function leavesOut(names: readonly string[]): Plugin {
  return {
    name: "leaves-out",
    resolveId: (specifier) => names.includes(specifier) ? { id: specifier, external: true } : null,
  };
}

/** Before the name of a file of `libs/`; no import is made of it. */
const BESIDE = "beside:";

/** Packages, and all that their files import. */
function readsInstalled(root: string): Plugin {
  return {
    name: "reads-installed",
    async resolveId(specifier, importer, options) {
      if (importer === undefined || specifier.startsWith("\0") || importer.startsWith("\0")) return null;
      const inside = importer.includes("/node_modules/");
      if (!inside && (/^\.|^node:/.test(specifier) || Object.hasOwn(LEFT_OUT, specifier))) return null;
      const isRequire = options.custom?.["node-resolve"]?.isRequire === true;
      const from = inside ? { file: importer } : { folder: root };
      return await resolveImport({ specifier, from, style: isRequire ? "require" : "import" });
    },
    load: (id) => !id.startsWith("\0") && id.includes("/node_modules/") ? Deno.readTextFile(id) : null,
  };
}

/** The types of one door as one text without imports but of other doors and the package that it goes with. */
export async function declareAuthorDoor(root: string, { entry }: Door): Promise<string> {
  // Imported late: the compiler is large, and nothing else that is vendored needs it.
  const [{ emitDeclarations }, { flattenDeclarations }] = await Promise.all([
    import("./emit_declarations.ts"),
    import("./flatten_declarations.ts"),
  ]);
  const others = DOORS.filter((other) => other.entry !== entry);
  const text = flattenDeclarations({
    files: emitDeclarations(root, entry),
    entry: join(root, entry),
    doors: new Map(others.map((other) => [join(root, other.entry), other.name])),
  });
  return `// ${entry} (made by deno task vendor author)\n${text}`;
}
