/** One module's sources in, one bundle out. Host code for a process that may die of any source: it keeps nothing from one order to the next. */
import type { OutputChunk, RollupBuild, RollupError } from "@rollup/browser";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { SOURCES } from "../../contract/limits.ts";
import type { VetAnswer, VetOrder } from "../../contract/wire.ts";
import { pluginUrl } from "../../loader/mod.ts";
import { decodeMappings, encodeMappings } from "../../primitives/source_map.ts";
import { complaint, markedComplaint } from "./author_text.ts";
import { readForm } from "./bundle_form.ts";
import { allowedImports } from "./decide_import.ts";
import { type ImportedName, mapImports } from "./import_places.ts";
import { hideWords } from "./hide_words.ts";
import { checkBundle } from "./second_look.ts";
import { START, type VetPlugin, vetPlugin } from "./vet_plugin.ts";

const TOO_LARGE = `the module's files are larger than ${SOURCES.total_bytes} characters together`;

/**
 * Strips types, decides every import and bundles. Refuses with `load_failed`, in words for the author: what stands where, and what would be
 * allowed. After a fault the process should end, since a parser that trapped may be broken from then on.
 */
export async function vetModule(order: VetOrder): Promise<Result<VetAnswer>> {
  const total = order.files.reduce((sum, { text }) => sum + text.length, 0);
  if (total > SOURCES.total_bytes) return no(complaint(order.api, order.entry, undefined, TOO_LARGE));
  const plugin = vetPlugin(order);
  try {
    const code = withMap(order, await bundle(plugin), plugin.imported());
    if (readForm(code) === undefined) {
      return no(
        complaint(order.api, order.entry, undefined, "the class Module has to be written in the module's own files"),
      );
    }
    const checked = await checkBundle(code, allowedImports(order));
    return checked.ok ? ok({ code }) : checked;
  } catch (error) {
    return no(plugin.refused() ?? bundlerComplaint(order, plugin, error as RollupError));
  }
}

/** Loads and compiles the bundler, so that the first order does not wait for it. */
export async function warmUp(): Promise<void> {
  await vetModule({
    api: "warm",
    entry: "warm.ts",
    files: [{ path: "warm.ts", text: "export class Module {}" }],
    packages: [],
    builtins: [],
  });
}

async function bundle(plugin: VetPlugin): Promise<OutputChunk> {
  // Not at the top: cells that only take the second look import this folder too.
  const { rollup } = await import("@rollup/browser");
  const build: RollupBuild = await rollup({
    input: START,
    plugins: [plugin],
    treeshake: false, // what the author wrote runs, and nothing is evaluated in the head of a bundler
    onLog: () => {},
  });
  const { output } = await build.generate({ format: "es", sourcemap: "hidden" });
  const [chunk] = output;
  if (output.some((part) => part !== chunk && part.type === "chunk")) throw new Error("more than one chunk");
  return chunk;
}

/** The map has the names of the author's files but not their texts: who reads a stack has the files. */
function withMap({ api }: VetOrder, { code: bundled, map }: OutputChunk, imported: readonly ImportedName[]): string {
  const { code, mappings: hidden } = hideWords(bundled, map!.mappings);
  const sources = map!.sources.map((path) =>
    path.startsWith("\0") ? pluginUrl(api) : pluginUrl(api, path.replace(/\?\w+$/, ""))
  );
  const sourceOf = (file: string) => {
    const url = pluginUrl(api, file);
    return sources.includes(url) ? sources.indexOf(url) : sources.push(url) - 1;
  };
  const mappings = encodeMappings(mapImports(code, decodeMappings(hidden), imported, sourceOf));
  const text = JSON.stringify({ version: 3, sources, names: map!.names, mappings });
  return `${code}//# sourceMappingURL=data:application/json;base64,${new TextEncoder().encode(text).toBase64()}\n`;
}

/** What the bundler itself found wrong, in our words where they help more. */
function bundlerComplaint(order: VetOrder, plugin: VetPlugin, error: RollupError): string {
  const { api, entry } = order;
  if (error.code === "MISSING_EXPORT" && error.binding === "Module" && error.id === START) {
    const kernel = plugin.entryExports().includes("Kernel");
    const hint = kernel
      ? "; it exports Kernel, which is a kernel's class and never a module's: call the class Module"
      : "";
    return complaint(api, entry, undefined, `exports no class named Module${hint}`);
  }
  const file = order.files.find(({ path }) => path === error.loc?.file);
  const message = String(error.message ?? error).replace(/^\S+ \(\d+:\d+\): /, "");
  if (file === undefined || error.loc === undefined) {
    return complaint(api, entry, undefined, `can't be bundled: ${message}`);
  }
  return markedComplaint(api, file.path, file.text, { line: error.loc.line, column: error.loc.column + 1 }, message);
}

function no(message: string): Result<never> {
  return refuse(fault("load_failed", message));
}
