import { join } from "node:path";
import { GUEST_ENTRY } from "./bundle_guest.ts";
import { findStale } from "./find_stale.ts";
import { writeProducts } from "./write_products.ts";

/** Where the command's lines go. */
export interface Output {
  out(line: string): void;
  err(line: string): void;
}

/** `[NAME…]` makes files of `libs/`, `--check [NAME…]` tells which are stale. Gives the exit code. */
export async function runVendor(args: readonly string[], root: string, output: Output): Promise<0 | 1> {
  const names = args.filter((arg) => arg !== "--check");
  if (!await Deno.stat(join(root, GUEST_ENTRY)).catch(() => false)) {
    output.err(`libs/guest.mjs: skipped, ${GUEST_ENTRY} does not exist`);
  }
  try {
    return args.includes("--check") ? await check(names, root, output) : await write(names, root, output);
  } catch (error) {
    output.err(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function write(names: readonly string[], root: string, { out }: Output): Promise<0> {
  for await (const { file, bytes, ms, outcome } of writeProducts(root, names)) {
    out(`libs/${file}: ${outcome}, ${Math.ceil(bytes / 1024)} kB, ${ms} ms`);
  }
  return 0;
}

async function check(names: readonly string[], root: string, { err }: Output): Promise<0 | 1> {
  const stale = await findStale(root, names);
  for (const { file, why } of stale) err(`libs/${file}: ${why}`);
  if (stale.length === 0) return 0;
  err(`libs/ is stale: run deno task vendor, and remove the files called unknown`);
  return 1;
}
