import { dirname, isAbsolute, join, resolve } from "node:path";
import { isBuiltin } from "node:module";
import { exports, imports, legacy } from "resolve.exports";
import { findPackage, type NpmPackage, owningPackage } from "./npm_package.ts";

/** One import, as the bundler met it. */
export interface Import {
  readonly specifier: string;
  /** The file that imports, or the folder above `node_modules` for the entry. */
  readonly from: { readonly file: string } | { readonly folder: string };
  readonly style: "import" | "require";
}

/**
 * The file that an import inside an npm package means. Refuses Node's builtins: a library gets no power that its
 * module does not hold.
 */
export async function resolveImport({ specifier, from, style }: Import): Promise<string> {
  const folder = "file" in from ? dirname(from.file) : from.folder;
  if (isBuiltin(specifier)) throw new Error(`${describe(from)} imports '${specifier}': no library may use a builtin`);
  if (specifier.startsWith(".") || isAbsolute(specifier)) return await findFile(resolve(folder, specifier));
  if (specifier.startsWith("#")) {
    const owner = await owningPackage(join(folder, "file"));
    return await findFile(join(owner.folder, first(imports(owner.manifest, specifier, options(style)), specifier)));
  }
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const found = await findPackage(name, folder);
  return await findFile(join(found.folder, entryOf(found, specifier, name, style)));
}

// "browser" is a must: the other builds read process.env or generate code from strings.
const CONDITIONS = ["deno", "worker", "browser", "default"];

function options(style: Import["style"]) {
  return { conditions: [...CONDITIONS, style], unsafe: true };
}

function entryOf({ manifest }: NpmPackage, specifier: string, name: string, style: Import["style"]): string {
  if (manifest.exports !== undefined) return first(exports(manifest, specifier, options(style)), specifier);
  if (specifier !== name) return specifier.slice(name.length + 1);
  const main = legacy(manifest, { fields: ["module", "main"], browser: false });
  return typeof main === "string" ? main : "index.js";
}

function first(paths: readonly string[] | void, specifier: string): string {
  const path = paths?.[0];
  if (path === undefined) throw new Error(`Cannot resolve '${specifier}': its package does not export it`);
  return path;
}

async function findFile(path: string): Promise<string> {
  for (const candidate of [path, `${path}.js`, join(path, "index.js")]) {
    const isFile = await Deno.stat(candidate).then((stat) => stat.isFile, () => false);
    if (isFile) return candidate;
  }
  throw new Error(`Cannot find ${path}: neither it, nor it with .js, nor an index.js in it is a file`);
}

function describe(from: Import["from"]): string {
  return "file" in from ? from.file : "the entry";
}
