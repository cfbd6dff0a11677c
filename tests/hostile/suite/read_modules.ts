/** All hostile modules, read from their folder. */
import { fromFileUrl } from "@std/path";
import { type Hostile, parseDeclaration } from "./declaration.ts";

export const MODULES = fromFileUrl(new URL("../modules/", import.meta.url));
export const BESIDE = fromFileUrl(new URL("../beside/", import.meta.url));

export function families(): string[] {
  return [...Deno.readDirSync(MODULES)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
}

/** In the order of their names. A file that begins with `then_` is a later version of another. */
export function hostileModules(family: string): Hostile[] {
  return [...Deno.readDirSync(`${MODULES}${family}`)]
    .filter(({ name }) => !name.startsWith("then_"))
    .map(({ name, isDirectory }) => ({
      path: `${family}/${name}`,
      file: isDirectory ? `${family}/${name}/mod.ts` : `${family}/${name}`,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, file }) => parseDeclaration(path, Deno.readTextFileSync(MODULES + file)));
}
