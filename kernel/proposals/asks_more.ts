/** What a changed config asks for beyond what the module has: a proposal never widens a grant, whoever wrote it. */
import { fault, refuse, type Result } from "../contract/fault.ts";
import type { ApiName } from "../contract/names.ts";
import type { Finding } from "../contract/proposal.ts";
import { DEFAULT_LIMITS } from "../contract/limits.ts";
import { type ModuleSpec, NO_GRANTS } from "../contract/spec.ts";
import { beyondLock, DEFAULT_RESTART, parseConfig } from "../config/mod.ts";

/** As the module is now; a new one has nothing. */
export type Has = Pick<ModuleSpec, "grants" | "limits" | "restart" | "cell" | "approve" | "prog">;

/** The spec that the text makes for this api, or why it makes none. */
export function readProposedConfig(
  api: ApiName,
  file: string,
  text: string,
  prog: string | undefined,
): Result<ModuleSpec> {
  const parsed = parseConfig({ file, text });
  if (!parsed.ok) return refuse(parsed.rejection.fault);
  const { spec } = parsed;
  if (spec.api !== api) return refuse(fault("config_invalid", `${file} would claim '${spec.api}', not '${api}'`));
  const wanted = prog ?? api;
  if (spec.prog === wanted) return { ok: true, value: spec };
  return refuse(fault("config_invalid", `${file} would run prog '${spec.prog}', not '${wanted}'`));
}

export function grantsFinding(spec: ModuleSpec, has: Has | undefined): Finding {
  const allowed = has ??
    { grants: NO_GRANTS, limits: DEFAULT_LIMITS, restart: DEFAULT_RESTART, cell: "own", approve: "ask" };
  const { grants, limits, restart, cell, approve } = allowed;
  const beyond = beyondLock(spec, { origin: "added", from: "", hash: "", grants, limits, restart, cell, approve });
  if (beyond.length === 0) return { check: "grants", passed: true, said: "it asks for no more than there is" };
  return { check: "grants", passed: false, said: `it asks for more: ${beyond.join(", ")}` };
}
