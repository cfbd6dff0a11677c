/** Copies a stranger's plugin into the home: source, then its line in the lock, then its config, each by one rename. Until the config is there nothing starts. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { beyondLock, type LockEntry, neverWritten, NOTHING_ALLOWED, parseLock } from "../../config/mod.ts";
import { planWorld } from "../../plan_world.ts";
import { denoFiles } from "../../powers_deno.ts";
import { editLock, setLine } from "../grants/edit_lock.ts";
import { holdConfigs } from "../grants/hold_configs.ts";
import { addedLine, waitingLine } from "../grants/lock_lines.ts";
import type { Stranger } from "./find_stranger.ts";
import { inTheWay, whatIsThere } from "./what_is_there.ts";
import { writeSource } from "./write_source.ts";

export interface Arrival {
  /** Its line in the lock so far, when it was added before. */
  readonly entry: LockEntry | undefined;
  /** Files of the home, relative to it: those whose text another one takes, and those that go. */
  readonly replaced: readonly string[];
  readonly removed: readonly string[];
}

export interface TakenIn extends Omit<Arrival, "entry"> {
  /** Relative to the home. */
  readonly written: readonly string[];
  /** It took a former version's place. */
  readonly update: boolean;
  readonly allowed: boolean;
  /** It runs as it stands: it was allowed, or asks for nothing. */
  readonly runs: boolean;
}

interface Homes {
  readonly home: string;
  readonly program: string;
}

/** What taking it in would mean. Writes nothing. */
export async function lookAtArrival({ home, program }: Homes, stranger: Stranger): Promise<Result<Arrival>> {
  const { name, config } = stranger;
  const text = (await planWorld(denoFiles, { home, program })).lock;
  const lock = parseLock(text);
  if (!lock.ok) return refuse(lock.rejection.fault);
  const folder = neverWritten(stranger.spec.grants.folders);
  if (folder !== undefined) {
    return refuse(fault("denied", `'${name}' asks to write in '${folder.path}', which nobody can allow`, {
      hint: "the host takes what it runs from there; a plugin gets folders of its own, such as runtime/files/" + name,
    }));
  }
  const line = lock.value.get(name);
  const there = await whatIsThere(home, name);
  const refused = inTheWay(name, there, line);
  if (refused !== undefined) return refuse(refused);
  // That it can be written is known before anything is.
  const possible = setLine(text, name, addedLine(stranger.from, stranger.source.hash, stranger.spec));
  if (!possible.ok) return possible;
  const plugin = pluginOf(stranger);
  const written = [plugin, ...config.brought ? [config.file] : []];
  const files = [...there.plugins, ...config.brought ? there.configs.map(({ file }) => file) : []];
  const same = there.configs.find(({ file, text }) => file === config.file && text === config.text)?.file;
  return ok({
    entry: line?.origin === "added" ? line : undefined,
    replaced: files.filter((path) => written.includes(path) && path !== same),
    // A former version under other names would claim the same api, or be found first.
    removed: files.filter((path) => !written.includes(path)),
  });
}

/** An update that is not allowed leaves the lock as it is: the former version runs on. */
export async function takeIn(
  { home, program }: Homes,
  stranger: Stranger,
  { allow }: { readonly allow: boolean },
): Promise<Result<TakenIn>> {
  return await holdConfigs(home, async () => {
    const arrival = await lookAtArrival({ home, program }, stranger);
    if (!arrival.ok) return arrival;
    const { entry, replaced, removed } = arrival.value;
    const { name, from, kind, source, config, spec } = stranger;
    const plugin = pluginOf(stranger);
    const waits = entry === undefined;
    await writeSource(home, plugin, kind, source);
    if (waits || allow) {
      const line = allow ? addedLine(from, source.hash, spec) : waitingLine(from, source.hash);
      const edited = await editLock(home, name, line);
      if (!edited.ok) return edited;
    }
    await denoFiles.writeWhole(`${home}/${config.file}`, config.text);
    for (const path of removed) await Deno.remove(`${home}/${path}`, { recursive: true });
    const written = [plugin, ...waits || allow ? ["configs/plugins.lock"] : [], config.file];
    const line = entry ?? { ...NOTHING_ALLOWED, hash: source.hash };
    const within = source.hash === line.hash && beyondLock(spec, line).length === 0;
    return ok({ written, replaced, removed, update: !waits, allowed: allow, runs: allow || within });
  });
}

function pluginOf({ name, kind, source }: Stranger): string {
  return kind === "folder" ? `plugins/${name}` : `plugins/${source.entry}`;
}
