import { fault } from "meta-machine";
import type { Isolation, SessionMode, Statement } from "./engine.ts";
import { MAX_SQL_LENGTH } from "./one_statement.ts";

/** In rows: what a caller gets that does not say, and the most one may ask for. */
const BATCH = 500;
const MOST = 10_000;

export function parseStatements(given: unknown): readonly Statement[] {
  if (!Array.isArray(given) || !given.every(Array.isArray)) {
    throw fault("invalid_argument", "statements is not a list of [sql, params]", {
      hint: 'for example transaction([["insert into t values (?)", [1]], ["select * from t"]])',
    });
  }
  return given as unknown as readonly Statement[];
}

/** The rows of a batch, from `{batch}`. */
export function parseBatch(options: unknown): number {
  const { batch = BATCH } = typeof options === "object" && options !== null ? options as { batch?: unknown } : {};
  if (Number.isInteger(batch) && Number(batch) > 0 && Number(batch) <= MOST) return Number(batch);
  throw fault("invalid_argument", `batch is ${String(batch).slice(0, 40)}`, {
    hint: `pass a whole number from 1 to ${MOST}: {batch: 500}`,
  });
}

export function parseMode(given: unknown): SessionMode {
  if (given === undefined || given === "write") return "write";
  if (given === "read") return "read";
  throw fault("invalid_argument", "that is no kind of session", {
    hint: 'session_open("write") or session_open("read")',
  });
}

export function parseEnd(given: unknown): "commit" | "rollback" {
  if (given === "commit" || given === "rollback") return given;
  throw fault("invalid_argument", "a session ends by 'commit' or 'rollback'", { hint: "session_close(id, 'commit')" });
}

const ISOLATIONS: Readonly<Record<string, Isolation>> = {
  "read uncommitted": "read committed", // what PostgreSQL makes of it
  "read committed": "read committed",
  "repeatable read": "repeatable read",
  "snapshot": "repeatable read",
  "serializable": "serializable",
};

/** From `{isolation}`; undefined when it says none. */
export function parseIsolation(options: unknown): Isolation | undefined {
  const { isolation } = typeof options === "object" && options !== null ? options as { isolation?: unknown } : {};
  if (isolation === undefined) return undefined;
  if (typeof isolation === "string" && Object.hasOwn(ISOLATIONS, isolation)) return ISOLATIONS[isolation];
  throw fault("invalid_argument", "that is no isolation of a transaction", {
    hint: `one of ${Object.keys(ISOLATIONS).join(", ")}`,
  });
}

/** A text of statements. */
export function parseText(given: unknown): string {
  if (typeof given === "string" && given.length <= MAX_SQL_LENGTH) return given;
  throw fault("invalid_argument", "that is no text of SQL", { hint: `pass at most ${MAX_SQL_LENGTH} characters` });
}
