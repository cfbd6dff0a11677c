import { type InputPluginOption, rollup } from "@rollup/browser";
import { stripsComments } from "./strip_comments.ts";

/** What rollup made: one ES module, what it still imports, and the files it was made of. */
export interface Rolled {
  readonly code: string;
  readonly imports: readonly string[];
  readonly sources: readonly string[];
}

/** Bundles one entry into one ES module. The plugins decide every import and read every file; most warnings are errors. */
export async function rollUp(entry: string, plugins: InputPluginOption, intro = ""): Promise<Rolled> {
  const bundle = await rollup({
    input: entry,
    plugins: [plugins, stripsComments()],
    onwarn({ code, message }) {
      if (!HARMLESS.includes(code ?? "")) throw new Error(message);
    },
  });
  try {
    const { output } = await bundle.generate({ format: "es", inlineDynamicImports: true, sourcemap: false, intro });
    const [chunk, ...others] = output;
    if (others.length) throw new Error(`Bundling ${entry} made ${output.length} files, expected one`);
    const sources = Object.keys(chunk.modules).filter((id) => id.startsWith("/"));
    return { code: chunk.code, imports: [...chunk.imports, ...chunk.dynamicImports], sources };
  } finally {
    await bundle.close();
  }
}

// Cycles between files are legal, CommonJS has a `this` at its top, and a misplaced hint to the bundler is only lost.
const HARMLESS = ["CIRCULAR_DEPENDENCY", "THIS_IS_UNDEFINED", "INVALID_ANNOTATION"];
