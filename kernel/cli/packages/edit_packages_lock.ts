/** Writes one package's line in `configs/packages.lock`, beside and renamed. Hold the configs meanwhile (grants/hold_configs.ts). */
import { parseDocument } from "yaml";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { type LockedPackage, PACKAGES, PACKAGES_LOCK, type PackagesLock, parsePackagesLock } from "../../loader/mod.ts";
import { denoFiles } from "../../powers_deno.ts";

const HEAD = " Packages of this home's own: written by 'packages approve', checked at each load.";

export async function readPackagesLock(home: string): Promise<Result<PackagesLock>> {
  return parsePackagesLock(await denoFiles.readText(`${home}/${PACKAGES_LOCK}`, PACKAGES.lock_bytes));
}

export async function editPackagesLock(home: string, name: string, line: LockedPackage): Promise<Result<void>> {
  const file = `${home}/${PACKAGES_LOCK}`;
  const text = await denoFiles.readText(file, PACKAGES.lock_bytes);
  const document = parseDocument(text ?? "");
  if (document.contents === null) document.contents = document.createNode({}) as never;
  if (text === undefined) document.commentBefore = HEAD;
  document.set(name, document.createNode(line));
  const after = document.toString({ lineWidth: 0 });
  const read = parsePackagesLock(after);
  if (!read.ok || read.value.get(name)?.sha256 !== line.sha256) {
    return refuse(fault("conflict", `${PACKAGES_LOCK} cannot be changed as it stands`, {
      hint: "write its lines without anchors and merges",
      retriable: false,
    }));
  }
  await denoFiles.writeWhole(file, after);
  return ok(undefined);
}
