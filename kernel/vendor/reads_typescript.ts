import { isBuiltin, stripTypeScriptTypes } from "node:module";
import { dirname, resolve } from "node:path";
import type { Plugin } from "@rollup/browser";

/**
 * Bundles the program's own sources: relative files and `node:` builtins, and of packages only those whose replacement text is given; `outside` names what stays
 * an import, under another name.
 */
export function readsTypeScript(
  replaced: Readonly<Record<string, string>> = {},
  outside: Readonly<Record<string, string>> = {},
): Plugin {
  return {
    name: "reads-typescript",
    resolveId(specifier, importer) {
      if (importer === undefined || Object.hasOwn(replaced, specifier)) return specifier;
      if (Object.hasOwn(outside, specifier)) return { id: outside[specifier]!, external: true };
      if (specifier.startsWith("node:") && isBuiltin(specifier)) return { id: specifier, external: true };
      if (specifier.startsWith("./") || specifier.startsWith("../")) return resolve(dirname(importer), specifier);
      throw new Error(`${importer} imports '${specifier}': it may import relative files and node: builtins only`);
    },
    async load(id) {
      return replaced[id] ?? stripTypeScriptTypes(await Deno.readTextFile(id), { mode: "transform" });
    },
  };
}

/** The same code in ASCII: V8 keeps a source with one wider character at twice its size, in each of many processes. */
export function inAscii(code: string): string {
  // deno-lint-ignore no-control-regex
  return code.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
