import { isAmount, isRecord, parseEach } from "../primitives/check_fields.ts";
import type { Blame } from "../contract/status.ts";
import type { Fate } from "./fates.ts";

/** More restarts than any config allows within a window. */
const MOST_RESTARTS = 1_000;
const MOST_LINES = 100;

/** Undefined when the text is none: a file that was torn or altered tells nothing. */
export function parseFate(text: string): Fate | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value["hash"] !== "string") return undefined;
  const { hash, quarantined, own_cell } = value;
  const restarts = parseEach(value["restarts"], MOST_RESTARTS, (time) => isAmount(time) ? time : undefined);
  const blame = value["blame"] === undefined ? undefined : parseBlame(value["blame"]);
  if (restarts === undefined || (quarantined !== undefined && typeof quarantined !== "string")) return undefined;
  return {
    hash,
    restarts,
    ...(quarantined !== undefined && { quarantined }),
    ...(own_cell === true && { own_cell }),
    ...(blame !== undefined && { blame }),
  };
}

function parseBlame(value: unknown): Blame | undefined {
  if (!isRecord(value)) return undefined;
  const { time, why, limit, call } = value;
  const log = parseEach(value["log"], MOST_LINES, (line) => typeof line === "string" ? line : undefined);
  if (!isAmount(time) || typeof why !== "string" || log === undefined) return undefined;
  const { caller, method } = isRecord(call) ? call : {};
  return {
    ...{ time, why, log },
    ...(typeof limit === "string" && { limit }),
    ...(typeof caller === "string" && typeof method === "string" && { call: { caller, method } }),
  };
}
