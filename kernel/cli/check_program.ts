/** `doctor` on the program's own files: dependencies fetched, libraries made from the versions of the lock file. */
import { join } from "@std/path";
import { PROGRAM } from "../program/mod.ts";
import { fail, type Finding, good } from "./doctor_finding.ts";

export interface Lock {
  readonly npm?: Readonly<Record<string, { readonly os?: unknown; readonly cpu?: unknown }>>;
}

/** Nothing to look at where the program is one file, which carries all of it. */
export async function checkProgram(program: string): Promise<readonly Finding[]> {
  if (PROGRAM.form !== "sources") return [good("program", `${PROGRAM.folder}: everything is inside`)];
  const lock = JSON.parse(await Deno.readTextFile(join(program, "deno.lock"))) as Lock;
  return [
    await checkDependencies(program, neededPackages(lock)),
    await checkLibraries(program, Object.keys(lock.npm ?? {})),
  ];
}

/** Those of every machine. What is made for one kind of machine is optional to what names it, and is fetched there only. */
export function neededPackages({ npm = {} }: Lock): readonly string[] {
  return Object.entries(npm).filter(([, { os, cpu }]) => os === undefined && cpu === undefined).map(([id]) => id);
}

async function checkDependencies(program: string, ids: readonly string[]): Promise<Finding> {
  const missing: string[] = [];
  for (const id of ids) {
    if (!await isThere(join(program, "node_modules/.deno", packageFolder(id)))) missing.push(id);
  }
  if (missing.length === 0) return good("dependencies", `${ids.length} packages are here`);
  return fail("dependencies", `missing: ${missing.join(", ")}`, "deno task install");
}

/** As Deno names it below node_modules/.deno: `@scope+name@version`; peers, which the lock file writes behind a `_`, are left out. */
export function packageFolder(id: string): string {
  return withoutPeers(id).replace("/", "+");
}

function withoutPeers(id: string): string {
  return id.replace(/(?<=.@[^_]*)_.*$/, "");
}

async function checkLibraries(program: string, ids: readonly string[]): Promise<Finding> {
  const mend = "deno task vendor";
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(join(program, "libs"))) if (name.endsWith(".mjs")) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  if (!names.includes("guest.mjs")) return fail("libs", "libs/guest.mjs is missing: no module can load", mend);
  const stale: string[] = [];
  const locked = new Set(ids.map(withoutPeers));
  for (const name of names) {
    const made_of = libraryVersions(await Deno.readTextFile(join(program, "libs", name)));
    if (made_of.some((id) => !locked.has(id))) stale.push(name);
  }
  if (stale.length === 0) return good("libs", `${names.length} files fit deno.lock`);
  return fail("libs", `made from other versions than deno.lock names: ${stale.join(", ")}`, mend);
}

/** `name@version` of everything that a file of libs/ says it was made of, in its first line. */
export function libraryVersions(text: string): readonly string[] {
  const ids = /^\/\/ (\S.*) \(made by deno task vendor/.exec(text)?.[1];
  return ids?.split(" ").filter((id) => id.lastIndexOf("@") > 0) ?? [];
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
