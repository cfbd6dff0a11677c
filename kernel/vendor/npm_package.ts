import { dirname, join } from "node:path";

/** An installed npm package. */
export interface NpmPackage {
  readonly folder: string;
  readonly manifest: { readonly name: string; readonly version: string; readonly [field: string]: unknown };
}

/** The package `name` as seen from `folder`: in the nearest `node_modules` upwards, links resolved. */
export async function findPackage(name: string, folder: string): Promise<NpmPackage> {
  for (const above of foldersUpwards(folder)) {
    const found = await readPackage(join(above, "node_modules", name));
    if (found) return { ...found, folder: await Deno.realPath(found.folder) };
  }
  throw new Error(`Cannot find package ${name} from ${folder}: run deno install`);
}

/** The package that a file belongs to: the nearest `package.json` upwards that has a name and a version. */
export async function owningPackage(file: string): Promise<NpmPackage> {
  for (const above of foldersUpwards(dirname(file))) {
    const found = await readPackage(above);
    if (found?.manifest.name && found.manifest.version) return found;
  }
  throw new Error(`Cannot find the package of ${file}: no package.json above it has a name and a version`);
}

async function readPackage(folder: string): Promise<NpmPackage | undefined> {
  try {
    return { folder, manifest: JSON.parse(await Deno.readTextFile(join(folder, "package.json"))) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw error;
  }
}

/** Ends at the root, or at "." for a relative path: `dirname` of either is itself. */
function* foldersUpwards(folder: string): Generator<string> {
  yield folder;
  while (dirname(folder) !== folder) yield folder = dirname(folder);
}
