/** `packages approve`: from a module's wish to a bundle that modules of this home may be granted. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { type LockedPackage, packageFile, PACKAGES_FOLDER } from "../../loader/mod.ts";
import { denoFiles } from "../../powers_deno.ts";
import { holdConfigs } from "../grants/hold_configs.ts";
import { admitName } from "./admit_name.ts";
import { editPackagesLock, readPackagesLock } from "./edit_packages_lock.ts";
import { type FetchedPackage, fetchPackage } from "./fetch_package.ts";
import { findRequest, type PackageRequest, writeAnswer } from "./requests.ts";

export interface Approved {
  readonly request: PackageRequest;
  /** Relative to the home. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contains: Readonly<Record<string, string>>;
  /** The version that it took the place of. */
  readonly instead_of: string | undefined;
}

export async function approveRequest(home: string, program: string, id: string): Promise<Result<Approved>> {
  const found = await findRequest(home, id);
  if (!found.ok) return found;
  const { name, version } = found.value;
  const admitted = admitName(name);
  if (!admitted.ok) return admitted;
  const fetched = await fetchPackage(program, name, version);
  if (!fetched.ok) return fetched;
  return await holdConfigs(home, () => takeIn(home, found.value, fetched.value));
}

/** The bundle first: a lock never names what is not there. */
async function takeIn(
  home: string,
  request: PackageRequest,
  { code, sha256, contains }: FetchedPackage,
): Promise<Result<Approved>> {
  const { id, name, version } = request;
  const lock = await readPackagesLock(home);
  if (!lock.ok) return lock;
  const before = lock.value.get(name);
  const other = before?.version === version ? otherIntegrity(before, contains) : undefined;
  if (other !== undefined) return other;
  const file = packageFile(name, version);
  await denoFiles.makeFolder(`${home}/${PACKAGES_FOLDER}`, 0o700);
  await denoFiles.writeWhole(`${home}/${file}`, code);
  const written = await editPackagesLock(home, name, { version, sha256, contains });
  if (!written.ok) return written;
  const answered = await writeAnswer(home, id, "approved");
  if (!answered.ok) return answered;
  const instead_of = before?.version === version ? undefined : before?.version;
  return ok({ request, file, bytes: new TextEncoder().encode(code).length, sha256, contains, instead_of });
}

/** A registry that gives another text under the version that was approved once. */
function otherIntegrity(before: LockedPackage, contains: FetchedPackage["contains"]): Result<never> | undefined {
  const id = Object.keys(contains).find((one) => (before.contains[one] ?? contains[one]) !== contains[one]);
  if (id === undefined) return undefined;
  const message = `${id} is not what it was when it was approved: its integrity was ${before.contains[id]}, and is ${
    contains[id]
  }`;
  const hint =
    "a version that was published never changes: look at where it comes from; or take its line out of configs/packages.lock";
  return refuse(fault("conflict", message, { hint, retriable: false }));
}
