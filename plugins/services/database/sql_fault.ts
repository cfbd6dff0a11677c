import { fault } from "meta-machine";

/** A SQL error as its caller gets it: SQLite's text and the statement. Errors that are not the statement's fault stay errors of this module. */
export function sqlFault(error: unknown, sql: string): Error {
  if (!(error instanceof Error)) return new Error(`something was thrown that is no error in: ${clipSql(sql)}`);
  const message = `${error.message} in: ${clipSql(sql)}`;
  // The low byte is SQLite's primary result code.
  const result = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
  switch (result) {
    case 19: // CONSTRAINT
      return fault("conflict", message, {
        retriable: false,
        hint: "the row breaks a rule of the table; read what is there, then decide",
      });
    case 5: // BUSY
    case 6: // LOCKED
      return fault("conflict", message, { retriable: true, hint: "another connection writes; call again" });
    case 7: // NOMEM
      return fault("too_large", message, {
        hint: "the statement needs more memory than one may have; touch fewer rows or smaller values at once",
      });
    case 13: // FULL
      return fault("quota", message, {
        hint: "the tables of all callers share max_mb of configs/services/database.yml: delete something, or raise it",
      });
    case 18: // TOOBIG
      return fault("too_large", message, { hint: "one value or statement has at most 8 MiB" });
    case 1: // ERROR: syntax, no such table, …
    case 20: // MISMATCH
    case 25: // RANGE
      return fault("invalid_argument", message, {
        hint: "mend the statement; `select name from sqlite_master` names the tables",
      });
    default:
      return Object.assign(new Error(message, { cause: error }), { name: error.name });
  }
}

/** Whether SQLite gave up because another connection writes, before anything was done. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number" &&
    (error.errcode & 0xff) === 5;
}

/** A statement on one line, for messages. */
export function clipSql(sql: string): string {
  const line = sql.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
