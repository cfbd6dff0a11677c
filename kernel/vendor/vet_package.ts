/** What a package of somebody's may not do where modules run, looked for while it is bundled, in the parser's words: a text in a string or a comment is none. */
import { isBuiltin } from "node:module";
import { basename } from "node:path";
import type { Plugin } from "@rollup/browser";
import { GLOBAL_NAMES } from "../guest/mod.ts";
import { freeNames, isNode, visit } from "./free_names.ts";

/** What a package wants and a module has not, in words, each with its reason. */
export type Wants = Set<string>;

/** Stands for a builtin until all that is wanted is known. */
const WANTED = "wanted:";
/** Brought by `grants.net`, and its absence told by name; and what modules of CommonJS are written with, which the bundler puts in. */
const KNOWN = new Set([...GLOBAL_NAMES, "fetch", "arguments"]);

export function vetsPackage(wants: Wants): Plugin {
  return {
    name: "vets-package",
    resolveId(specifier, importer) {
      const name = specifier.startsWith("node:") ? specifier : `node:${specifier}`;
      if (importer === undefined || !isBuiltin(name)) return null;
      wants.add(`the builtin ${name} (${basename(importer)})`);
      return { id: WANTED + name, syntheticNamedExports: true };
    },
    load: (id) => id.startsWith(WANTED) ? "export default {};\n" : null,
    transform(code, id) {
      if (id.startsWith(WANTED) || id.startsWith("\0") || id.endsWith(".json")) return null;
      visit(this.parse(code), (node) => {
        const what = forbidden(node);
        if (what !== undefined) wants.add(`${what} (${basename(id)})`);
      });
      return null;
    },
    renderChunk(code) {
      for (const name of freeNames(this.parse(code)).used) {
        if (!KNOWN.has(name)) wants.add(`the global ${name}`);
      }
      return null;
    },
  };
}

/** Code from strings is switched off where modules run; imports are decided before. */
function forbidden(node: Readonly<Record<string, unknown>>): string | undefined {
  if (node.type === "ImportExpression") return "import()";
  if (node.type === "MetaProperty" && isNode(node.meta) && node.meta.name === "import") return "import.meta";
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return undefined;
  const { callee } = node;
  const name = isNode(callee, "Identifier")
    ? callee.name
    : isNode(callee, "MemberExpression") && isNode(callee.property) && callee.computed !== true &&
        isNode(callee.object) &&
        ["globalThis", "window", "self", "global"].includes(callee.object.name as string)
    ? callee.property.name
    : undefined;
  if (name === "eval") return "eval";
  return name === "Function" ? "code from a string, by Function" : undefined;
}
