import type { Files } from "../contract/powers.ts";

/** Of the files in `folder` whose names fit, the oldest go until no more than `kept` are left. Throws as files do. */
export async function removeOldest(
  files: Pick<Files, "list" | "lstat" | "remove">,
  folder: string,
  { name: pattern, kept }: { readonly name: RegExp; readonly kept: number },
): Promise<void> {
  const names = (await files.list(folder) ?? []).map(({ name }) => name).filter((name) => pattern.test(name));
  if (names.length <= kept) return;
  const dated = await Promise.all(names.map(async (name) => {
    const path = `${folder}/${name}`;
    return { path, time: (await files.lstat(path))?.mtime_ms ?? 0 };
  }));
  dated.sort((a, b) => a.time - b.time);
  for (const { path } of dated.slice(0, names.length - kept)) await files.remove(path);
}
