/** Looks at a module's types when its files change. Whether it loads, the host says by itself. */
import { join } from "@std/path";
import type { TypesLook } from "../../workbench/mod.ts";
import type { Result } from "../../contract/fault.ts";

export interface SourceWatch {
  readonly ended: Promise<void>;
  stop(): void;
}

/** An editor writes a file in several steps. */
const GATHER_MS = 120;

export function watchSources(home: string, look: () => Promise<void>): SourceWatch {
  const folders = ["plugins", "configs", "prompts"].map((name) => join(home, name)).filter(isFolder);
  const watcher = Deno.watchFs(folders, { recursive: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  const ended = (async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      clearTimeout(timer);
      timer = setTimeout(() => running = running.then(look), GATHER_MS);
    }
    await running;
  })();
  return {
    ended,
    stop() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** What a look found, for people; nothing when nothing changed, or when what is wrong the host says itself. */
export function describeLook(found: Result<TypesLook | undefined>): readonly string[] {
  if (!found.ok) return found.fault.code === "config_invalid" ? [] : [found.fault.message];
  if (found.value === undefined) return [];
  const { doubts, problems } = found.value;
  return [...doubts, ...problems.length === 0 ? ["types fit"] : problems];
}
