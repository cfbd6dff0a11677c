import { join } from "@std/path";
import type { Places } from "../../watchdog/mod.ts";
import type { Homes } from "./plan_module.ts";

/** Where a bench is that has `folder` for its sockets and data. */
export function benchPlaces(folder: string, { program, one_file }: Homes): Places {
  const common = { home: folder, run: folder, program };
  if (one_file !== undefined) return { ...common, entry: program, bundler_wasm: program, one_file };
  return { ...common, entry: `${program}/kernel/roles`, bundler_wasm: bundlerWasm(program) };
}

/** Found by its place: where this file is part of a bundle, no import map names the package. */
function bundlerWasm(program: string): string {
  return Deno.realPathSync(join(program, "node_modules/@rollup/browser/dist/es/bindings_wasm_bg.wasm"));
}
