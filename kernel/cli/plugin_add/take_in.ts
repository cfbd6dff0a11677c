/** Copies a stranger's plugin into the home: source, then its line in the lock, then its config, each by one rename. Until the config is there nothing starts. */
import { join } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { beyondLock, type LockEntry, NO_GRANTS, parseLock, readConfigs } from "../../config/mod.ts";
import { planWorld } from "../../plan_world.ts";
import { denoFiles } from "../../powers_deno.ts";
import { addedLine, editLock, waitingLine } from "../grants/edit_lock.ts";
import type { Stranger } from "./find_stranger.ts";

export interface TakenIn {
  /** Relative to the home. */
  readonly written: readonly string[];
  /** It took a former version's place. */
  readonly update: boolean;
  readonly allowed: boolean;
  /** It runs as it stands: it was allowed, or asks for nothing. */
  readonly runs: boolean;
}

/** An update that is not allowed leaves the lock as it is: the former version runs on. */
export async function takeIn(
  { home, program }: { readonly home: string; readonly program: string },
  { name, from, kind, source, config, spec }: Stranger,
  { allow }: { readonly allow: boolean },
): Promise<Result<TakenIn>> {
  const lock = parseLock((await planWorld(denoFiles, { home, program })).lock);
  if (!lock.ok) return refuse(lock.rejection.fault);
  const entry = lock.value.get(spec.api);
  const found = await whatIsThere(home, name);
  if (found.length > 0 && entry?.origin !== "added") {
    return refuse(fault("conflict", `'${name}' is there already: ${found.join(", ")}`, {
      hint: "take it in under another name with --as, or remove those files",
      retriable: false,
    }));
  }
  const plugin = kind === "folder" ? `plugins/${name}` : `plugins/${source.entry.replace(/^.*\./, `${name}.`)}`;
  await writeSource(home, plugin, kind, source);
  const others = found.filter((path) => path !== plugin && path !== config.file);
  if (entry === undefined || allow) {
    await editLock(home, spec.api, allow ? addedLine(from, source.hash, spec) : waitingLine(from, source.hash));
  }
  await denoFiles.makeFolder(`${home}/configs`, 0o755);
  await denoFiles.writeWhole(`${home}/${config.file}`, config.text);
  // A former version under other names would claim the same api, or be found first.
  for (const path of others) await Deno.remove(`${home}/${path}`, { recursive: true });
  const update = entry !== undefined;
  const runs = allow ||
    (update ? source.hash === entry.hash && beyondLock(spec, entry).length === 0 : asksForNothing(spec));
  return ok({ written: [plugin, "configs/plugins.lock", config.file], update, allowed: allow, runs });
}

function asksForNothing(spec: Stranger["spec"]): boolean {
  const nothing: LockEntry = {
    ...{ origin: "added", from: "", hash: "", grants: NO_GRANTS, limits: {}, cell: "own", approve: "ask" },
  };
  return beyondLock(spec, nothing).length === 0;
}

/** Files of the home that belong to this name, whatever their form. */
async function whatIsThere(home: string, name: string): Promise<readonly string[]> {
  const plugins = [`plugins/${name}.ts`, `plugins/${name}.js`, `plugins/${name}`];
  const there = await Promise.all(plugins.map(async (path) => await denoFiles.lstat(`${home}/${path}`) && path));
  const { texts } = await readConfigs(denoFiles, home, new Map());
  const configs = texts.map(({ file }) => file).filter((file) =>
    new RegExp(`^configs/${name}(?:-v[0-9.]+)?\\.ya?ml$`).test(file)
  );
  return [...there.filter((path) => path !== undefined), ...configs];
}

/** A folder is written beside and takes the former one's place in two renames; a reader in between finds none and looks again. */
async function writeSource(
  home: string,
  plugin: string,
  kind: Stranger["kind"],
  { files, entry }: Stranger["source"],
): Promise<void> {
  await denoFiles.makeFolder(`${home}/plugins`, 0o755);
  const target = join(home, plugin);
  if (kind === "file") {
    const { text } = files.find(({ path }) => path === entry)!;
    return await denoFiles.writeWhole(target, text);
  }
  const beside = await Deno.makeTempDir({ dir: `${home}/plugins`, prefix: ".adding-" });
  try {
    for (const { path, text } of files) {
      await Deno.mkdir(join(beside, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(beside, path), text);
    }
    await Deno.chmod(beside, 0o755);
    const former = `${beside}-former`;
    const replaced = await Deno.rename(target, former).then(() => true, () => false);
    await Deno.rename(beside, target);
    if (replaced) await Deno.remove(former, { recursive: true });
  } catch (error) {
    await Deno.remove(beside, { recursive: true }).catch(() => {});
    throw error;
  }
}
