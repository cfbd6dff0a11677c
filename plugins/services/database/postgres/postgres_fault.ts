import { fault, FaultError } from "meta-machine";
import { clipSql } from "../sql_fault.ts";
import { onlyReads } from "../refusals.ts";

/** An error as the server tells it. */
export interface ServerError extends Error {
  readonly code: string;
}

/** SQLSTATE of a statement that was ended from outside. */
export const CANCELED = "57014";

export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && "code" in error && typeof error.code === "string" &&
    /^[0-9A-Z]{5}$/.test(error.code);
}

/** A SQL error as its caller gets it: PostgreSQL's text and the statement. What is nobody's mistake is a connection that was lost. */
export function postgresFault(error: unknown, sql: string, what: string): Error {
  if (error instanceof FaultError) return error;
  if (!isServerError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    return fault("conflict", `the connection to PostgreSQL was lost: ${text}`, {
      retriable: true,
      hint: "the statement may have had its effect; look, then call again",
    });
  }
  const message = `${error.message} in: ${clipSql(sql)}`;
  const { code } = error;
  if (code === "25006") return onlyReads(what);
  if (code === "25P02") {
    return fault("conflict", message, {
      retriable: false,
      hint: "an earlier statement failed: roll back, or to a savepoint, before the next one",
    });
  }
  if (code === CANCELED) {
    return fault("too_large", message, {
      hint: "ask for less, or raise statement_ms in configs/services/database.yml",
    });
  }
  const [kind, more] = KINDS[code] ?? KINDS[code.slice(0, 2)] ?? [undefined, {}];
  if (kind === undefined) return Object.assign(new Error(message, { cause: error }), { name: "DatabaseError" });
  return fault(kind, message, more);
}

type Known = readonly [
  kind: "conflict" | "invalid_argument" | "too_large" | "quota" | "rate_limited" | "denied",
  more: { readonly hint: string; readonly retriable?: boolean },
];

const MEND = "mend the statement; tables() names the tables";
/** By SQLSTATE, or by its class. */
const KINDS: Readonly<Record<string, Known>> = {
  "23": ["conflict", { retriable: false, hint: "the row breaks a rule of the table; read what is there, then decide" }],
  "40": ["conflict", { retriable: true, hint: "another transaction got in between; begin again" }],
  "55": ["conflict", { retriable: true, hint: "another transaction holds it; call again" }],
  "57": ["conflict", { retriable: true, hint: "the server ended the connection; call again" }],
  "08": ["conflict", { retriable: true, hint: "the connection was lost; look whether it was done, then call again" }],
  "42501": ["denied", {
    hint: "use tables of your own, or have them opened by access in configs/services/database.yml",
  }],
  "53": ["quota", { hint: "the server has no more room: delete something, or ask the operator" }],
  "53300": ["rate_limited", { retriable: true, hint: "the server has no connection left; call again" }],
  "54": ["too_large", { hint: "the statement or one value is more than PostgreSQL takes" }],
  "0A": ["invalid_argument", { hint: MEND }],
  "21": ["invalid_argument", { hint: MEND }],
  "22": ["invalid_argument", { hint: MEND }],
  "25": ["invalid_argument", { hint: MEND }],
  "2B": ["invalid_argument", { hint: "something depends on it: drop that first, or write CASCADE" }],
  "34": ["invalid_argument", { hint: MEND }],
  "3B": ["invalid_argument", { hint: "name a savepoint of this session" }],
  "3F": ["invalid_argument", { hint: MEND }],
  "42": ["invalid_argument", { hint: MEND }],
  "44": ["conflict", { retriable: false, hint: "the row does not fit the view" }],
};
