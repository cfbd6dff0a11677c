/** The texts of packages that the operator approved for this home. What is hashed is what is handed on: a bundle that was changed since is refused by name. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { Files } from "../contract/powers.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import { type LockedPackage, packageFile, PACKAGES, PACKAGES_LOCK, parsePackagesLock } from "./packages_lock.ts";

export type OwnPackages = readonly (readonly [name: string, text: string])[];
/** Of the packages that a module is granted those that the program does not bring, in their order. */
export type ReadOwnPackages = (granted: readonly string[]) => Promise<Result<OwnPackages>>;

/** `shipped`: names of the program's own, which nothing in a home takes the place of. */
export function ownPackages(files: Files, home: string, shipped: Readonly<Record<string, unknown>>): ReadOwnPackages {
  return async (granted) => {
    const names = granted.filter((name) => !Object.hasOwn(shipped, name));
    if (names.length === 0) return ok([]);
    const lock = parsePackagesLock(await files.readText(`${home}/${PACKAGES_LOCK}`, PACKAGES.lock_bytes));
    if (!lock.ok) return lock;
    const texts: [string, string][] = [];
    let total = 0;
    for (const name of names) {
      const text = await readChecked(files, home, name, lock.value.get(name));
      if (!text.ok) return text;
      total += text.value.length;
      texts.push([name, new TextDecoder().decode(text.value)]);
    }
    return total <= PACKAGES.bundle_bytes ? ok(texts) : refuse(fault(
      "load_failed",
      `the packages ${names.join(", ")} have ${total} bytes together; ${PACKAGES.bundle_bytes} are allowed`,
    ));
  };
}

async function readChecked(
  files: Files,
  home: string,
  name: string,
  locked: LockedPackage | undefined,
): Promise<Result<Uint8Array>> {
  if (locked === undefined) {
    return refused(
      `the program brings no package '${name}'`,
      "nor is it approved for this home: a module asks for it with request() of package_service; then: packages approve ID",
    );
  }
  const file = packageFile(name, locked.version);
  const bytes = await files.read(`${home}/${file}`, PACKAGES.bundle_bytes).catch((error: unknown) => String(error));
  if (typeof bytes === "string") return refused(`the package '${name}' cannot be read: ${bytes}`, "approve it again");
  if (bytes === undefined) {
    return refused(`the package '${name}' is approved, but ${file} is not there`, "approve it again, or put it back");
  }
  const found = await sha256Hex(bytes);
  if (found === locked.sha256) return ok(bytes);
  return refused(
    `the package '${name}' was changed since it was approved: ${file} has the SHA-256 ${found}, ${PACKAGES_LOCK} says ${locked.sha256}`,
    "put the file back as it was, or remove it and approve the package again",
  );
}

function refused(message: string, hint: string): Result<never> {
  return refuse(fault("load_failed", message, { hint }));
}
