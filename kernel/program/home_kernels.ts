/**
 * Where the program is one file, what a kernel of a home's own finds: `meta-machine/kernel`, and files beside it. No import map says where the first is,
 * and a compiled binary would not strip types. The text of a home's kernel is the operator's own; no module's code is in a kernel's process.
 */
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fromFileUrl } from "@std/path";

const NAME = "meta-machine/kernel";
const URL_OF_IT = "program:kernel-for-homes";
/** Where the values wait for the one module that hands them on. */
const HANDOVER = Symbol.for(URL_OF_IT);

/** From now on files in `folder` may import these values from `meta-machine/kernel`, and be written in TypeScript. */
export function serveHomeKernels(folder: string, values: Readonly<Record<string, unknown>>): void {
  Object.defineProperty(globalThis, HANDOVER, { value: values });
  registerHooks(
    {
      resolve: (specifier: string, context: unknown, next: (specifier: string, context: unknown) => unknown) =>
        specifier === NAME ? { url: URL_OF_IT, format: "module", shortCircuit: true } : next(specifier, context),
      load(url: string, context: unknown, next: (url: string, context: unknown) => unknown) {
        const source = url === URL_OF_IT ? handedOn(Object.keys(values)) : stripped(url, folder);
        return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
      },
    } as Parameters<typeof registerHooks>[0],
  );
}

function handedOn(names: readonly string[]): string {
  return `export const { ${names.join(", ")} } = globalThis[Symbol.for("${URL_OF_IT}")];\n`;
}

function stripped(url: string, folder: string): string | undefined {
  if (!url.startsWith("file:") || !/\.ts(?:\?|$)/.test(url)) return undefined;
  const path = fromFileUrl(url.replace(/\?.*$/, ""));
  if (!path.startsWith(`${folder}/`)) return undefined;
  try {
    return stripTypeScriptTypes(Deno.readTextFileSync(path), { mode: "transform" });
  } catch (error) {
    // The runtime writes an error's name before its message, where this one stands already.
    throw Object.assign(error as Error, { name: "" });
  }
}
