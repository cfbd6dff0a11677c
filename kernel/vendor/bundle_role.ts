import { isBuiltin, stripTypeScriptTypes } from "node:module";
import { dirname, join, resolve } from "node:path";
import commonjsModule, { type RollupCommonJSOptions } from "@rollup/plugin-commonjs";
import type { Plugin } from "@rollup/browser";
import { doorText, inPieces } from "./door_text.ts";
import { libraryVersions } from "./products.ts";
import { inAscii } from "./reads_typescript.ts";
import { resolveImport } from "./resolve_import.ts";
import { rollUp } from "./roll_up.ts";

// The types of this package describe a CommonJS module, which is not what an import of it gives.
const commonjs = commonjsModule as unknown as (options: RollupCommonJSOptions) => Plugin;

/** What stands in the place of another source where the program is one file. */
const ONE_FILE = "kernel/program/one_file.ts";
const PIECES = "kernel/program/pieces.ts";
const SOURCES = "kernel/program/sources.ts";
const LIBS_DOOR = "libs/mod.ts";

/** The bundler's wasm is a piece, which its own loader takes as well as a response. */
const WASM_PLACE = `new URL("bindings_wasm_bg.wasm",import.meta.url)`;
export const WASM_PIECE = "bundler.wasm";

/** One role with all that it imports, packages included, as one ES module that imports Node's builtins only: what the one file has as a piece. */
export async function bundleRole(root: string, entry: string, replaced: Readonly<Record<string, string>> = {}) {
  const door = doorText(
    await libraryVersions(root),
    inPieces({
      one_file: join(root, ONE_FILE),
      pieces: join(root, PIECES),
    }),
  );
  const { code, imports } = await rollUp(join(root, entry), [
    readsProgram(root, { ...replaced, [join(root, LIBS_DOOR)]: door }),
    commonjs({ strictRequires: true }),
  ]);
  const foreign = imports.filter((name) => !name.startsWith("node:"));
  if (foreign.length > 0) throw new Error(`${entry} in one file would import ${foreign.join(", ")}`);
  return `// ${entry}\n${inAscii(code)}`;
}

/** Every import of the program's own sources and of its packages; builtins stay imports. */
function readsProgram(root: string, replaced: Readonly<Record<string, string>>): Plugin {
  return {
    name: "reads-program",
    async resolveId(specifier, importer, options) {
      if (importer === undefined || Object.hasOwn(replaced, specifier)) return specifier;
      if (specifier.startsWith("\0") || importer.startsWith("\0")) return null; // the CommonJS plugin's own
      if (isBuiltin(specifier)) return { id: `node:${specifier.replace(/^node:/, "")}`, external: true };
      if (specifier.startsWith("@std/")) return join(root, `kernel/std/${specifier.slice(5)}.ts`);
      if (!importer.includes("/node_modules/")) {
        if (!/^\.{0,2}\//.test(specifier)) {
          return await resolveImport({ specifier, from: { folder: root }, style: "import" });
        }
        const path = resolve(dirname(importer), specifier);
        return path === join(root, SOURCES) ? join(root, ONE_FILE) : path;
      }
      const isRequire = options.custom?.["node-resolve"]?.isRequire === true;
      return await resolveImport({ specifier, from: { file: importer }, style: isRequire ? "require" : "import" });
    },
    async load(id) {
      if (id.startsWith("\0")) return null;
      const text = replaced[id] ?? await Deno.readTextFile(id);
      if (id.endsWith(".json")) return `export default ${text};`;
      if (id.endsWith(".ts")) return stripTypeScriptTypes(text, { mode: "transform" });
      return text.includes(WASM_PLACE) ? withWasmPiece(root, text) : text;
    },
  };
}

function withWasmPiece(root: string, text: string): string {
  const piece = `PIECES.read(${JSON.stringify(WASM_PIECE)})`;
  return `import { PIECES } from ${JSON.stringify(join(root, ONE_FILE))};\n${text.replace(WASM_PLACE, piece)}`;
}
