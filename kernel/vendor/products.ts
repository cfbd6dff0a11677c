import { join } from "node:path";
import { bundleGuest, GUEST_ENTRY } from "./bundle_guest.ts";
import { doorText } from "./door_text.ts";
import { isLibraryName, LIBRARY_NAMES, libraryFile } from "./library_table.ts";
import { findPackage } from "./npm_package.ts";

/** One file of `libs/` and how its text is made. */
export interface Product {
  readonly file: string;
  readonly make: () => Promise<string>;
}

/**
 * The files of `libs/` for `names` (`guest`, `mod.ts` or a package), all of them for no names.
 * The guest is left out while its source does not exist. Refuses a name that is none of these.
 */
export async function listProducts(root: string, names: readonly string[] = []): Promise<readonly Product[]> {
  const wanted = names.length ? names : [...LIBRARY_NAMES, "guest", "mod.ts"];
  const unknown = wanted.filter((name) => name !== "guest" && name !== "mod.ts" && !isLibraryName(name));
  if (unknown.length) {
    throw new Error(
      `Cannot vendor ${unknown.join(", ")}: pass guest, mod.ts, ${LIBRARY_NAMES.join(", ")} or nothing for all`,
    );
  }
  const hasGuest = await Deno.stat(join(root, GUEST_ENTRY)).then(() => true, () => false);
  return wanted.filter((name) => name !== "guest" || hasGuest).map((name) => productOf(root, name));
}

function productOf(root: string, name: string): Product {
  if (name === "guest") return { file: "guest.mjs", make: () => bundleGuest(root) };
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
