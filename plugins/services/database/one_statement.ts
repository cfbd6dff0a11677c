import { fault } from "meta-machine";
import { scanSql } from "./scan_sql.ts";
import { clipSql } from "./sql_fault.ts";

/** In characters. */
export const MAX_SQL_LENGTH = 1_000_000;

/** A caller's text as exactly one statement with `?` placeholders. An empty one must not reach the driver, which breaks on it. */
export function oneStatement(sql: unknown): { sql: string; placeholders: number } {
  if (typeof sql !== "string") {
    throw fault("invalid_argument", `sql is ${sql === undefined ? "missing" : `of type ${typeof sql}`}`, {
      hint: 'pass sql as text, for example "select count(*) n from training_log"',
    });
  }
  if (sql.length > MAX_SQL_LENGTH) {
    throw fault("too_large", `the statement has ${sql.length} characters; ${MAX_SQL_LENGTH} are allowed`, {
      hint: "pass values as params",
    });
  }
  const refuse = (what: string, hint: string) => fault("invalid_argument", `${what} in: ${clipSql(sql)}`, { hint });
  if (sql.includes("\0") || !sql.isWellFormed()) {
    throw refuse("NUL or lone surrogates", "pass such data as bytes in params");
  }
  const { statements, placeholders, named } = scanSql(sql);
  if (statements === 0) throw refuse("no statement", "pass one statement");
  if (statements > 1) {
    throw refuse(
      `${statements} statements`,
      "pass one statement a call, or several to transaction([[sql, params], …])",
    );
  }
  if (named !== undefined) {
    throw refuse(`placeholder '${named}'`, "write each placeholder as ? and pass params as a list");
  }
  return { sql, placeholders };
}
