/** The module that a person names: by its api, its prog, or a path of its source. Read as a host would read it. */
import { basename, join, relative, resolve } from "@std/path";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { isApiName } from "../../contract/names.ts";
import type { Files } from "../../contract/powers.ts";
import type { PlannedModule, SourceSet } from "../../contract/spec.ts";
import { doubtsOf, hashModule, parseConfig, readConfigs, resolvePlan } from "../../config/mod.ts";
import { readSources } from "../../loader/mod.ts";
import { planWorld } from "../../plan_world.ts";
import type { OneFile } from "../../watchdog/mod.ts";

export interface Homes {
  /** Absolute and real. */
  readonly home: string;
  readonly program: string;
  /** Set where the program is one file. */
  readonly one_file?: OneFile;
}

export interface FoundModule {
  readonly planned: PlannedModule;
  /** False when no config claims it: then it has all defaults, and no grants. */
  readonly configured: boolean;
  /** What of its config may not be what was meant. */
  readonly doubts: readonly string[];
}

export async function planModule(files: Files, { home, program }: Homes, named: string): Promise<Result<FoundModule>> {
  const world = await planWorld(files, { home, program });
  const prog = progOf(named, home);
  if (prog !== undefined) {
    const configs = await readConfigs(files, home, new Map());
    const plan = await resolvePlan(configs, world);
    const claims = [...plan.modules.values()];
    const planned = claims.find(({ spec }) => spec.api === named) ?? claims.find(({ spec }) => spec.prog === prog);
    if (planned !== undefined) {
      const { text = "" } = configs.texts.find(({ file }) => file === planned.spec.config) ?? {};
      const claimed = plan.rejected.flatMap(({ api }) => api ?? []);
      return ok({
        planned,
        configured: true,
        doubts: doubtsOf(planned.spec, text, [...plan.modules.keys(), ...claimed]),
      });
    }
    const rejected = plan.rejected.find(({ api, file }) => api === named || api === prog || isConfigOf(file, prog));
    if (rejected !== undefined) {
      const place = rejected.line === undefined ? rejected.file : `${rejected.file}:${rejected.line}`;
      const said = rejected.fault.message;
      return refuse({ ...rejected.fault, message: said.startsWith(rejected.file) ? said : `${place}: ${said}` });
    }
  }
  const source = prog === undefined ? await readElsewhere(files, named) : await world.readSource(prog);
  if (!source.ok) return source;
  return ok({ planned: await withDefaults(prog ?? nameOf(named), source.value), configured: false, doubts: [] });
}

/** The prog of a name or of a path below the home's plugins; undefined for a path that lies elsewhere. */
function progOf(named: string, home: string): string | undefined {
  if (isApiName(named) && !named.startsWith("plugins/")) return named;
  const below = relative(join(home, "plugins"), resolve(home, named));
  const prog = below.replace(/\/mod\.ts$/, "").replace(/(?:_test)?\.(?:ts|js)$/, "").replace(/\/$/, "");
  return isApiName(prog) ? prog : undefined;
}

function isConfigOf(file: string, prog: string): boolean {
  return new RegExp(`^configs/${prog}(?:-v[0-9.]+)?\\.ya?ml$`).test(file);
}

async function readElsewhere(files: Files, named: string): Promise<Result<SourceSet>> {
  const path = resolve(named);
  const real = await files.realPath(path);
  const isFolder = real !== undefined && (await files.stat(real))?.kind === "folder";
  const root = (real ?? path).replace(/\/[^/]*$/, "");
  const found = real === undefined
    ? undefined
    : await readSources(files, [{ path: real, origin: "local", kind: isFolder ? "folder" : "file", root }]);
  return found ?? refuse(fault("not_found", `there is no module '${named}'`, {
    hint: "name a module's api, a file below plugins/, or a folder with mod.ts; 'plugin new' makes one",
  }));
}

function nameOf(path: string): string {
  const name = basename(path === "mod.ts" || path.endsWith("/mod.ts") ? resolve(path, "..") : path);
  const word = name.replace(/\.(?:ts|js)$/, "").replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 32);
  return isApiName(word) ? word : "module";
}

async function withDefaults(name: string, source: SourceSet): Promise<PlannedModule> {
  const parsed = parseConfig({ file: `configs/${name}.yml`, text: "" });
  if (!parsed.ok) throw new Error(parsed.rejection.fault.message);
  return { spec: parsed.spec, source, hash: await hashModule(parsed.spec, source, []) };
}
