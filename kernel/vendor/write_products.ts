import { join } from "node:path";
import { listProducts } from "./products.ts";

/** What happened to one file of `libs/`. */
export interface Written {
  readonly file: string;
  readonly bytes: number;
  readonly ms: number;
  readonly outcome: "written" | "unchanged";
}

/** Makes the files of `libs/` for `names` (all for none), one by one; a file that changed is replaced by one rename. */
export async function* writeProducts(root: string, names: readonly string[] = []): AsyncGenerator<Written> {
  const libs = join(root, "libs");
  await Deno.mkdir(libs, { recursive: true });
  for (const { file, make } of await listProducts(root, names)) {
    const begin = performance.now();
    const text = await make();
    const path = join(libs, file);
    const isSame = await Deno.readTextFile(path).then((there) => there === text, () => false);
    if (!isSame) await replace(path, text);
    const ms = Math.round(performance.now() - begin);
    yield { file, bytes: new TextEncoder().encode(text).length, ms, outcome: isSame ? "unchanged" : "written" };
  }
}

async function replace(path: string, text: string) {
  const beside = `${path}.${Deno.pid}.tmp`;
  await Deno.writeTextFile(beside, text);
  await Deno.rename(beside, path);
}
