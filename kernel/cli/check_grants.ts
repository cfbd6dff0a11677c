/** `doctor` on what the operator has allowed: whether it can be read, and who waits for his word. */
import { LOCK_FILE, parseLock, readConfigs, resolvePlan } from "../config/mod.ts";
import { planWorld } from "../plan_world.ts";
import { denoFiles } from "../powers_deno.ts";
import { fail, type Finding, good, warn } from "./doctor_finding.ts";

/** Needs no host: it reads what one would. Both folders real and absolute. */
export async function checkGrants(homes: { readonly home: string; readonly program: string }): Promise<Finding> {
  const world = await planWorld(denoFiles, homes);
  const lock = parseLock(world.lock);
  if (!lock.ok) {
    const { message } = lock.rejection.fault;
    return fail("grants", message, `mend ${LOCK_FILE}: until then only shipped modules start`);
  }
  const plan = await resolvePlan(await readConfigs(denoFiles, homes.home, new Map()), world);
  const waiting = plan.rejected.filter(({ fault }) => fault.code === "approval_required").flatMap(({ api }) =>
    api ?? []
  );
  const first = waiting[0];
  if (first === undefined) return good("grants", "nothing waits for your word");
  return warn(
    "grants",
    `not started as ${waiting.length === 1 ? "it stands" : "they stand"} until you allow it: ${waiting.join(", ")}`,
    `'grants diff ${first}' shows the difference, 'grants allow ${first}' allows it`,
  );
}
