/** Hands a new folder to `use` and removes it afterwards. */
export async function withTempDir(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await use(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Every path below `dir` with what is there: text of a file, `→ target` of a link, `/` for a folder. */
export async function tree(dir: string, prefix = ""): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(dir)) {
    const path = `${dir}/${name}`;
    if (isSymlink) found[prefix + name] = `→ ${await Deno.readLink(path)}`;
    else if (isDirectory) Object.assign(found, { [prefix + name]: "/" }, await tree(path, `${prefix}${name}/`));
    else found[prefix + name] = await Deno.readTextFile(path);
  }
  return found;
}
