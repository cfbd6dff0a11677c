import { join } from "node:path";
import { type NpmPackage, owningPackage } from "./npm_package.ts";

const VENDOR = "deno task vendor from deno.lock";

/** The first line of a bundled library (itself first, then all it contains, with versions) and everybody's licence. */
export async function libraryHeader(
  name: string,
  sources: readonly string[],
  lock: Lock,
  made_by: string = VENDOR,
): Promise<string> {
  const packages = new Map<string, NpmPackage>();
  for (const source of sources) {
    const found = await owningPackage(source);
    packages.set(versioned(found), found);
  }
  const ids = [...packages.keys()].sort((a, b) =>
    Number(b.startsWith(`${name}@`)) - Number(a.startsWith(`${name}@`)) || (a < b ? -1 : 1)
  );
  // A package with peers is locked under its own name and theirs: pg-pool@3.14.0_pg@8.23.1.
  const locked = new Set(Object.keys(lock.npm).map((id) => id.split("_")[0]!));
  const unlocked = ids.filter((id) => !(id in lock.npm) && !locked.has(id));
  if (unlocked.length) {
    throw new Error(`deno.lock does not hold ${unlocked.join(", ")}, which node_modules does: run deno install`);
  }
  const licences = await Promise.all(ids.map((id) => licenceOf(packages.get(id)!)));
  return `// ${ids.join(" ")} (made by ${made_by})\n${licences.join("")}`;
}

/** The part of `deno.lock` that is read here. */
export interface Lock {
  readonly npm: Readonly<Record<string, unknown>>;
}

/** The versions a bundled library says that it was made of: `{kysely: "0.29.9"}`. */
export function readHeader(text: string, made_by: string = VENDOR): Readonly<Record<string, string>> {
  const [line] = text.split("\n", 1);
  const end = ` (made by ${made_by})`;
  const ids = line?.startsWith("// ") && line.endsWith(end) ? line.slice(3, -end.length) : undefined;
  if (ids === undefined) throw new Error("This is no library of libs/: its first line does not name versions");
  return Object.fromEntries(
    ids.split(" ").map((id) => [id.slice(0, id.lastIndexOf("@")), id.slice(id.lastIndexOf("@") + 1)]),
  );
}

function versioned({ manifest }: NpmPackage): string {
  return `${manifest.name}@${manifest.version}`;
}

async function licenceOf(found: NpmPackage): Promise<string> {
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "license.md"]) {
    const text = await Deno.readTextFile(join(found.folder, file)).catch(() => undefined);
    if (text) return `/*! ${versioned(found)}\n${text.replaceAll("*/", "* /").trimEnd()}\n*/\n`;
  }
  return `/*! ${versioned(found)}: ${found.manifest.license ?? "licence not stated"} */\n`;
}
