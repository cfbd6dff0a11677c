/** Writes one api's line in `configs/plugins.lock`, beside and renamed; comments and other lines stay as they are. */
import { parseDocument } from "yaml";
import { DEFAULT_LIMITS, LIMIT_NAMES } from "../../contract/limits.ts";
import type { Grants, ModuleSpec } from "../../contract/spec.ts";
import { LOCK_FILE } from "../../config/mod.ts";
import { denoFiles } from "../../powers_deno.ts";

/** As it is written: only what is not the default. */
export type LockLine = Readonly<Record<string, unknown>>;

const LOCK_BYTES = 1_048_576;
const HEAD = " What the operator has allowed, by api: written by 'plugin add' and 'grants allow'.";

/** The lock must be readable (parseLock): a broken one is not written over. */
export async function editLock(home: string, api: string, line: LockLine): Promise<void> {
  const file = `${home}/${LOCK_FILE}`;
  const text = await denoFiles.readText(file, LOCK_BYTES);
  const document = parseDocument(text ?? "");
  if (document.contents === null) document.contents = document.createNode({}) as never;
  if (text === undefined) document.commentBefore = HEAD;
  document.set(api, document.createNode(line));
  await denoFiles.writeWhole(file, document.toString({ lineWidth: 0 }));
}

/** All that a module from outside asks for, as it is allowed from now on. */
export function addedLine(from: string, hash: string, spec: ModuleSpec): LockLine {
  const { limits, cell, approve } = spec;
  const above = LIMIT_NAMES.filter((name) => limits[name] > DEFAULT_LIMITS[name]).map((name) => [name, limits[name]]);
  return {
    ...{ origin: `added ${from}`, hash, grants: written(spec.grants) },
    ...(above.length > 0 && { limits: Object.fromEntries(above) }),
    ...(cell !== "own" && { cell }),
    ...(approve === "never" && { approve }),
  };
}

/** Nothing is allowed yet. */
export function waitingLine(from: string, hash: string): LockLine {
  return { origin: `added ${from}`, hash, grants: {} };
}

/** A local module reloads freely: only what it does not get unasked is recorded. */
export function localLine({ grants: { builtins, listen, folders } }: ModuleSpec): LockLine {
  return { origin: "local", grants: written({ builtins, listen, folders }) };
}

function written(grants: Partial<Grants>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(grants).filter(([, value]) => Array.isArray(value) ? value.length > 0 : value),
  );
}
