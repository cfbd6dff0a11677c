import { isBuiltin, stripTypeScriptTypes } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "@rollup/browser";
import { rollUp } from "./roll_up.ts";

/** Where the code begins that runs first in a module's Worker. */
export const GUEST_ENTRY = "kernel/guest/worker/main.ts";

/** The Worker bootstrap as one ES module that imports Node's builtins only. It may not use any package. */
export async function bundleGuest(root: string): Promise<string> {
  const { code } = await rollUp(join(root, GUEST_ENTRY), readsTypeScript());
  return `// ${GUEST_ENTRY} (made by deno task vendor guest)\n${code}`;
}

function readsTypeScript(): Plugin {
  return {
    name: "reads-typescript",
    resolveId(specifier, importer) {
      if (importer === undefined) return specifier;
      if (specifier.startsWith("node:") && isBuiltin(specifier)) return { id: specifier, external: true };
      if (specifier.startsWith("./") || specifier.startsWith("../")) return resolve(dirname(importer), specifier);
      throw new Error(
        `${importer} imports '${specifier}': the Worker bootstrap may import relative files and node: builtins only`,
      );
    },
    async load(id) {
      return stripTypeScriptTypes(await Deno.readTextFile(id), { mode: "transform" });
    },
  };
}
