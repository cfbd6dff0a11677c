/** A new module's source lies under its name: nobody else may run what lies there, or a stranger's text would run with his grants. */
import type { ApiName } from "./contract/names.ts";
import type { Files } from "./contract/powers.ts";
import { SHIPPED_PROGS } from "./contract/shipped.ts";
import type { Plan } from "./contract/spec.ts";
import { progCandidates } from "./config/mod.ts";

/** Why the name is taken; undefined when it is free. */
export async function nameTaken(
  api: ApiName,
  { plan, files, home }: { readonly plan: Plan; readonly files: Pick<Files, "lstat">; readonly home: string },
): Promise<string | undefined> {
  if (SHIPPED_PROGS.includes(api)) return `'${api}' is the name of a module that comes with the program`;
  const runs = [...plan.modules.values()].find(({ spec }) => spec.prog === api);
  if (runs !== undefined) return `'${runs.spec.api}' runs prog '${api}'`;
  // A config whose prog has no source yet would run this one, with what it was granted.
  const waits = plan.rejected.find(({ fault }) => fault.message.includes(`prog '${api}'`));
  if (waits !== undefined) return `${waits.file} waits for a source of prog '${api}'`;
  for (const { file } of progCandidates(api, { home, program: home })) {
    if (await files.lstat(file) !== undefined) return `${file.slice(home.length + 1)} is there already`;
  }
  return await files.lstat(`${home}/configs/${api}.yml`) === undefined
    ? undefined
    : `configs/${api}.yml is there already`;
}
