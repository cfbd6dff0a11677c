import type { MetaFile } from "../contract/meta_config.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import { compareVersions } from "./compare_versions.ts";

/** True for the base name of a file that configures the kernel. Only those in the top folder of `configs/` do. */
export function isMetaName(name: string): boolean {
  return META_NAME.test(name);
}

/** The meta files among the files of the top folder, highest version first; `meta.yml` is the lowest. */
export async function metaFiles(
  found: readonly { readonly name: string; readonly text: string }[],
): Promise<readonly MetaFile[]> {
  const metas = found.filter(({ name }) => isMetaName(name)).map(async ({ name, text }) =>
    Object.freeze({ file: name, version: META_NAME.exec(name)?.[1] ?? "", text, hash: await sha256Hex(text) })
  );
  return (await Promise.all(metas)).toSorted((a, b) =>
    compareVersions(b.version, a.version) || (a.file < b.file ? -1 : 1)
  );
}

const META_NAME = /^meta(?:-v(\d+(?:\.\d+)*))?\.ya?ml$/;
