/** `plugin new`: a module, its config and its tests, and what an editor needs; nothing that is there is written over. */
import { join } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { API_NAME_RULE, isApiName } from "../../contract/names.ts";
import type { Homes } from "../bench/plan_module.ts";
import { type PreparedEditor, prepareEditor, write } from "./prepare_editor.ts";
import { moduleFiles, type Wanted } from "./texts.ts";

export type NewModule = PreparedEditor;

/** The home has its configs already. */
export async function newModule(homes: Homes, wanted: Wanted): Promise<Result<NewModule>> {
  if (!isApiName(wanted.name)) {
    return refuse(fault("invalid_argument", `'${wanted.name}' is no name for a module`, { hint: API_NAME_RULE }));
  }
  const files = moduleFiles(wanted);
  const there = await firstThere(homes.home, [...files.keys(), ...otherSources(wanted.name)]);
  if (there !== undefined) {
    return refuse(fault("conflict", `${there} is there already: nothing was written`, {
      hint: "choose another name, or remove it first",
      retriable: false,
    }));
  }
  const prepared = await prepareEditor(homes);
  for (const [path, text] of files) await write(homes.home, path, text, prepared.written);
  return ok(prepared);
}

/** A host would find these instead of, or beside, what is about to be written. */
function otherSources(name: string): readonly string[] {
  const configs = [`configs/${name}.yaml`, `configs/${name}.yml`];
  return [...configs, `plugins/${name}.ts`, `plugins/${name}.js`, `plugins/${name}/mod.ts`];
}

async function firstThere(home: string, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await Deno.lstat(join(home, path)).then(() => true, () => false)) return path;
}
