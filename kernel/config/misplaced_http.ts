import { HTTP_SERVICE } from "../contract/shipped.ts";
import type { ModuleSpec, SourceSet } from "../contract/spec.ts";

/**
 * The process of the shipped http service may connect anywhere, so nobody shares it, and it bears the name that `fetch` calls. Undefined when that is so, or when
 * it is another module.
 */
export function misplacedHttp({ prog, api, cell }: ModuleSpec, { origin }: SourceSet): {
  readonly key: "api" | "cell";
  readonly message: string;
  readonly hint: string;
} | undefined {
  if (origin !== "shipped" || prog !== HTTP_SERVICE.prog) return undefined;
  const { api: name } = HTTP_SERVICE;
  if (api !== name) {
    const message = `api: found ${JSON.stringify(api)}, allowed: ${name}, under which fetch calls ${prog}`;
    return { key: "api", message, hint: `write api: ${name}; what ran before keeps running` };
  }
  if (cell === "own") return undefined;
  const message = `cell: found ${JSON.stringify(cell)}, allowed: own: the process of ${prog} may connect anywhere`;
  return { key: "cell", message, hint: "write cell: own; what ran before keeps running" };
}
