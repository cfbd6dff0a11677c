/** The meta files of a home, highest version first (the paper's step 2). One that cannot be read is told and passed over. */
import { SOURCES } from "../contract/limits.ts";
import type { MetaFile } from "../contract/meta_config.ts";
import type { Files } from "../contract/powers.ts";
import { isMetaName, metaFiles } from "./meta_files.ts";

/** `unreadable` hears which file (or `configs` itself) the system would not let us read, and why. */
export async function findMetaFiles(
  files: Files,
  home: string,
  unreadable: (file: string, reason: string) => void = () => {},
): Promise<readonly MetaFile[]> {
  const found: { name: string; text: string }[] = [];
  const failed = (file: string) => (error: unknown): undefined =>
    unreadable(file, error instanceof Error ? error.message : String(error)) as undefined;
  const names = (await files.list(`${home}/configs`).catch(failed("configs")) ?? []).map(({ name }) => name);
  for (const name of names.filter(isMetaName)) {
    const text = await files.readText(`${home}/configs/${name}`, SOURCES.config_bytes).catch(failed(name));
    if (text !== undefined) found.push({ name, text });
  }
  return await metaFiles(found);
}
