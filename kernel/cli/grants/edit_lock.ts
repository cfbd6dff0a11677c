/** Writes one api's line in `configs/plugins.lock`, beside and renamed; comments, order and other lines stay as they are. Hold the configs meanwhile (hold_configs.ts). */
import { parseDocument, stringify } from "yaml";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import type { ApiName } from "../../contract/names.ts";
import { canonicalText, LOCK_FILE, parseLock } from "../../config/mod.ts";
import { LOCK_BYTES } from "../../plan_world.ts";
import { denoFiles } from "../../powers_deno.ts";
import type { LockLine } from "./lock_lines.ts";

const HEAD = " What the operator has allowed, by api: written by 'plugin add' and 'grants allow'.";

export async function editLock(home: string, api: ApiName, line: LockLine): Promise<Result<void>> {
  const file = `${home}/${LOCK_FILE}`;
  const text = setLine(await denoFiles.readText(file, LOCK_BYTES), api, line);
  if (!text.ok) return text;
  await denoFiles.writeWhole(file, text.value);
  return ok(undefined);
}

/**
 * The lock with this line. Refuses to give a text that would not say exactly this and what it said before: a lock that
 * cannot be read lets no module start that is not shipped, and a line that is lost makes a stranger local.
 */
export function setLine(text: string | undefined, api: ApiName, line: LockLine): Result<string> {
  const before = parseLock(text);
  if (!before.ok) return refuse(before.rejection.fault);
  const wanted = parseLock(stringify({ [api]: line }));
  if (!wanted.ok) return refuse(wanted.rejection.fault);
  const after = writeLine(text, api, line);
  const read = after === undefined ? undefined : parseLock(after);
  const meant = new Map([...before.value, ...wanted.value]);
  if (after === undefined || !read?.ok || textOf(read.value) !== textOf(meant)) {
    return refuse(fault("conflict", `${LOCK_FILE} cannot be changed without changing more than the line of '${api}'`, {
      hint: `write its lines without anchors and merges, or write this one yourself:\n${stringify({ [api]: line })}`,
      retriable: false,
    }));
  }
  if (new TextEncoder().encode(after).length > LOCK_BYTES) {
    const hint = "remove lines of modules that are gone, or let the module ask for less";
    return refuse(fault("too_large", `${LOCK_FILE} would be larger than ${LOCK_BYTES} bytes`, { hint }));
  }
  return ok(after);
}

function writeLine(text: string | undefined, api: string, line: LockLine): string | undefined {
  try {
    const document = parseDocument(text ?? "");
    if (document.contents === null) document.contents = document.createNode({}) as never;
    if (text === undefined) document.commentBefore = HEAD;
    document.set(api, document.createNode(line));
    return document.toString({ lineWidth: 0 });
  } catch {
    return undefined; // an alias that has lost its anchor, or what this library takes for broken
  }
}

function textOf(lock: ReadonlyMap<ApiName, unknown>): string {
  return canonicalText(Object.fromEntries(lock));
}
