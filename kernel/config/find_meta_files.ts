/** The meta files of a home, highest version first (the paper's step 2). One that cannot be read is passed over. */
import { SOURCES } from "../contract/limits.ts";
import type { MetaFile } from "../contract/meta_config.ts";
import type { Files } from "../contract/powers.ts";
import { isMetaName, metaFiles } from "./meta_files.ts";

export async function findMetaFiles(files: Files, home: string): Promise<readonly MetaFile[]> {
  const names = (await files.list(`${home}/configs`) ?? []).map(({ name }) => name).filter(isMetaName);
  const found = await Promise.all(names.map(async (name) => {
    const text = await files.readText(`${home}/configs/${name}`, SOURCES.config_bytes).catch(() => undefined);
    return text === undefined ? [] : [{ name, text }];
  }));
  return await metaFiles(found.flat());
}
