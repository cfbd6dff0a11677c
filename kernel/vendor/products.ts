import { join } from "node:path";
import { type Door, DOORS } from "../contract/doors.ts";
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

/** The program's own bundles by name, and where each begins. */
const OWN: Readonly<Record<string, Own>> = {
  guest: { entry: GUEST_ENTRY, file: "guest.mjs", make: bundleGuest },
  cell: { entry: CELL_ENTRY, file: "cell.mjs", make: bundleCell },
  ...Object.fromEntries(
    (Object.keys(DOORS) as Door[]).map((door) => {
      const { entry, file } = DOORS[door];
      return [door, { entry, file, make: (root: string) => bundleDoor(root, door) }];
    }),
  ),
};

interface Own {
  readonly entry: string;
  readonly file: string;
  readonly make: (root: string) => Promise<string>;
}

/**
 * The files of `libs/` for `names` (`guest`, `cell`, `mod.ts` or a package), all of them for no names.
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
  for (const name of wanted) if (await hasSource(root, name)) products.push(productOf(root, name));
  return products;
}

async function hasSource(root: string, name: string): Promise<boolean> {
  const own = OWN[name];
  return own === undefined || await Deno.stat(join(root, own.entry)).then(() => true, () => false);
}

function productOf(root: string, name: string): Product {
  const own = OWN[name];
  if (own !== undefined) return { file: own.file, make: () => own.make(root) };
  if (name === "mod.ts") return { file: "mod.ts", make: () => makeDoor(root) };
  return {
    file: libraryFile(name),
    // Imported late: the CommonJS plugin takes longer to load than the guest takes to bundle.
    make: async () => (await import("./bundle_library.ts")).bundleLibrary(root, name),
  };
}

async function makeDoor(root: string): Promise<string> {
  const versions = await Promise.all(LIBRARY_NAMES.map(async (name) => {
    const { manifest } = await findPackage(name, root);
    return [name, manifest.version] as const;
  }));
  return doorText(Object.fromEntries(versions));
}
