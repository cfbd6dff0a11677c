import { join } from "node:path";
import { CODE_DOORS, DOORS } from "../contract/doors.ts";
import { bundleAuthorDoor, declareAuthorDoor } from "./bundle_author_door.ts";
import { bundleCell, CELL_ENTRY } from "./bundle_cell.ts";
import { bundleDoor } from "./bundle_door.ts";
import { bundleGuest, GUEST_ENTRY } from "./bundle_guest.ts";
import { doorText } from "./door_text.ts";
import { isLibraryName, LIBRARY_NAMES, libraryFile } from "./library_table.ts";
import { findPackage } from "./npm_package.ts";

/** One file of `libs/` and how its text is made. */
export interface Product {
  readonly file: string;
  readonly make: () => Promise<string>;
}

/** What is made of the program's own sources, by name, and where each begins. */
const OWN: Readonly<
  Record<string, { readonly entry: string; readonly products: (root: string) => readonly Product[] }>
> = {
  guest: { entry: GUEST_ENTRY, products: (root) => [{ file: "guest.mjs", make: () => bundleGuest(root) }] },
  cell: { entry: CELL_ENTRY, products: (root) => [{ file: "cell.mjs", make: () => bundleCell(root) }] },
  author: { entry: DOORS[0]!.entry, products: authorProducts },
  ...Object.fromEntries(
    CODE_DOORS.map((door) => [
      door.name,
      {
        entry: door.entry,
        products: (root: string) => [{ file: door.code, make: () => bundleDoor(root, door) }],
      },
    ]),
  ),
};

function authorProducts(root: string): readonly Product[] {
  return DOORS.flatMap((door) => [
    { file: `${door.made}.mjs`, make: () => bundleAuthorDoor(root, door) },
    { file: `${door.made}.d.ts`, make: () => declareAuthorDoor(root, door) },
  ]);
}

/**
 * The files of `libs/` for `names` (`guest`, `cell`, `author`, `mod.ts` or a package), all of them for no names.
 * A bundle of the program's own is left out while its source does not exist. Refuses a name that is none of these.
 */
export async function listProducts(root: string, names: readonly string[] = []): Promise<readonly Product[]> {
  // The door to libs/ first: the cell is bundled with it.
  const wanted = names.length ? names : [...LIBRARY_NAMES, "mod.ts", ...Object.keys(OWN)];
  const unknown = wanted.filter((name) => !Object.hasOwn(OWN, name) && name !== "mod.ts" && !isLibraryName(name));
  if (unknown.length) {
    throw new Error(
      `Cannot vendor ${unknown.join(", ")}: pass ${Object.keys(OWN).join(", ")}, mod.ts, ${
        LIBRARY_NAMES.join(", ")
      } or nothing for all`,
    );
  }
  const products: Product[] = [];
  for (const name of wanted) if (await hasSource(root, name)) products.push(...productsOf(root, name));
  return products;
}

async function hasSource(root: string, name: string): Promise<boolean> {
  const own = OWN[name];
  return own === undefined || await Deno.stat(join(root, own.entry)).then(() => true, () => false);
}

function productsOf(root: string, name: string): readonly Product[] {
  const own = OWN[name];
  if (own !== undefined) return own.products(root);
  if (name === "mod.ts") return [{ file: "mod.ts", make: () => makeDoor(root) }];
  return [{
    file: libraryFile(name),
    // Imported late: the CommonJS plugin takes longer to load than the guest takes to bundle.
    make: async () => (await import("./bundle_library.ts")).bundleLibrary(root, name),
  }];
}

async function makeDoor(root: string): Promise<string> {
  return doorText(await libraryVersions(root));
}

/** Of each package that is bundled. */
export async function libraryVersions(root: string): Promise<Readonly<Record<string, string>>> {
  const versions = await Promise.all(LIBRARY_NAMES.map(async (name) => {
    const { manifest } = await findPackage(name, root);
    return [name, manifest.version] as const;
  }));
  return Object.fromEntries(versions);
}
