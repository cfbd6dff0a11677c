/** Where the types of what a module may import lie, and what the process that checks them may read therefore. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { DOORS, doorsOf } from "../../contract/doors.ts";
import type { Grants } from "../../contract/spec.ts";
import { GLOBAL_NAMES } from "../../guest/mod.ts";
import type { TypeOrder } from "./type_order.ts";

export interface TypeSources {
  readonly known: Omit<TypeOrder, "entry" | "files">;
  readonly reads: readonly string[];
}

/** `untyped`: names that may be imported and of which nothing is known. */
export function typeSources(
  { packages, builtins, net, wasm }: Pick<Grants, "packages" | "builtins" | "net" | "wasm">,
  program: string,
  untyped: readonly string[] = [],
): TypeSources {
  const libs = `${program}/libs`;
  const declared = ["meta-machine", ...doorsOf(packages).map(({ name }) => name), ...builtins, ...untyped].map(
    (name) => {
      const door = DOORS.find((door) => door.name === name);
      return [name, door === undefined ? "any" : `${libs}/${door.made}.d.ts`] as const;
    },
  );
  const folders = packages.map((name) => [name, packageFolder(name)] as const);
  return {
    known: {
      modules: Object.fromEntries(declared),
      packages: Object.fromEntries(folders),
      globals: [...GLOBAL_NAMES, ...net.length > 0 ? ["fetch"] : [], ...wasm ? ["WebAssembly"] : []],
    },
    reads: [libs, dirname(pathOf("typescript")), ...folders.map(([, folder]) => folder)],
  };
}

/** The folder that holds the `node_modules` in which the package lies. */
function packageFolder(name: string): string {
  const path = pathOf(name);
  return path.slice(0, path.lastIndexOf("/node_modules/"));
}

function pathOf(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}
