/** What a person is told of a plugin that is taken in. */
import { beyondLock } from "../../config/mod.ts";
import { explainAsks } from "../grants/explain_asks.ts";
import { safeLine } from "../safe_text.ts";
import type { Stranger } from "./find_stranger.ts";
import type { Arrival, TakenIn } from "./take_in.ts";

/** Before the question. */
export function renderArrival({ name, from, spec, source }: Stranger, { entry, replaced, removed }: Arrival): string {
  const asks = explainAsks(spec);
  const count = source.files.length;
  const files = `${count} ${count === 1 ? "file" : "files"}, hash ${source.hash.slice(0, 12)}`;
  return [
    `${name} from ${safeLine(from)} (${files})`,
    ...asks.length === 0 ? ["asks for nothing"] : ["asks for", ...asks.map(({ what, why }) => `  ${what}: ${why}`)],
    ...entry === undefined ? [] : renderUpdate(entry.from, from, beyondLock(spec, entry)),
    ...replaced.map((path) => `replaces ${path}`),
    ...removed.map((path) => `removes ${path}`),
  ].join("\n");
}

function renderUpdate(before: string, from: string, beyond: readonly string[]): readonly string[] {
  return [
    ...before === from ? [] : [`another one is here under this name, from ${safeLine(before)}`],
    ...beyond.length === 0
      ? ["nothing of it is beyond what you allowed"]
      : ["beyond what you allowed", ...beyond.map((one) => `  + ${one}`)],
  ];
}

export function renderTaken(
  { name }: Pick<Stranger, "name">,
  { update, allowed, runs, written, replaced, removed }: TakenIn,
): string {
  const next = runs
    ? `${allowed ? "allowed" : "it asks for nothing new"}: a running host starts it now`
    : update
    ? `the former version runs on until you allow this one: grants diff ${name}, grants allow ${name}`
    : `it does not start until you allow it: grants show ${name}, grants allow ${name}`;
  return [
    `${update ? "updated" : "added"} ${name}`,
    ...written.map((path) => `  ${path}${replaced.includes(path) ? ", in the former one's place" : ""}`),
    ...removed.map((path) => `  removed ${path}`),
    next,
  ].join("\n");
}
