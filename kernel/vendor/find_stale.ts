import { join } from "node:path";
import { listProducts } from "./products.ts";

/** A file of `libs/` that is not what the sources and `deno.lock` make. */
export interface Stale {
  readonly file: string;
  readonly why: "missing" | "differs" | "unknown";
}

/** Makes everything again and compares to the byte; a file that nothing makes is told too. */
export async function findStale(root: string, names: readonly string[] = []): Promise<readonly Stale[]> {
  const products = await listProducts(root, names);
  const stale: Stale[] = [];
  for (const { file, make } of products) {
    const there = await readIfThere(join(root, "libs", file));
    if (there === undefined) stale.push({ file, why: "missing" });
    else if (there !== await make()) stale.push({ file, why: "differs" });
  }
  if (names.length) return stale;
  for await (const { name } of Deno.readDir(join(root, "libs"))) {
    if (!products.some(({ file }) => file === name)) stale.push({ file: name, why: "unknown" });
  }
  return stale;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
