import { fault } from "meta-machine";
import { MAX_SQL_LENGTH } from "../one_statement.ts";
import { refuseWord } from "../refusals.ts";
import { clipSql } from "../sql_fault.ts";
import { scanPostgres, statementsOf, type Token } from "./scan_postgres.ts";

/** A caller's statement that PostgreSQL may see. */
export interface CheckedStatement {
  /** With `$1` for each value. */
  readonly sql: string;
  readonly placeholders: number;
  /** What it does by its first word: gives rows, changes rows, changes the shape of tables, or handles a savepoint. */
  readonly does: "read" | "change" | "define" | "savepoint";
  /** Whether it changes rows and gives some. */
  readonly returning: boolean;
  readonly first: string;
}

/**
 * A caller's text as exactly one statement of those that are offered. Each caller has a role of its own at the server, which decides what it may touch; refused here
 * is what every role may do and a module should not: settings, other objects than tables, catalogs that show others' definitions, and
 * functions that run a text as SQL with the rights of whoever sets them off.
 */
export function checkStatement(sql: unknown, place: "alone" | "session"): CheckedStatement {
  const text = textOf(sql);
  const refuse = (what: string, hint: string) => fault("invalid_argument", `${what} in: ${clipSql(text)}`, { hint });
  const statements = statementsOf(scanPostgres(text));
  const [tokens] = statements;
  if (tokens === undefined) throw refuse("no statement", "pass one statement");
  if (statements.length > 1) {
    throw refuse(`${statements.length} statements`, "pass one a call, or several to transaction([[sql, params], …])");
  }
  const words = tokens.map(({ kind, value }) => (kind === "word" ? value : ""));
  const does = kindOf(words, place);
  if (typeof does === "object" && does.word === undefined) {
    throw refuse(`syntax error at or near "${tokens[0]!.value.slice(0, 40)}"`, "begin with a word of SQL");
  }
  if (typeof does === "object") throw denied(does.word!, text);
  const forbidden = tokens.find(isForbidden);
  if (forbidden !== undefined) throw denied(forbidden.value, text);
  return {
    ...withParams(text, tokens, refuse),
    does,
    returning: does === "change" && words.includes("returning"),
    first: words[0]!,
  };
}

/** The statements of a text one by one. */
export function splitPostgres(sql: string): string[] {
  return statementsOf(scanPostgres(sql)).map((tokens) => sql.slice(tokens[0]!.at, tokens.at(-1)!.end));
}

function textOf(sql: unknown): string {
  if (typeof sql !== "string") {
    throw fault("invalid_argument", `sql is ${sql === undefined ? "missing" : `of type ${typeof sql}`}`, {
      hint: 'pass sql as text, for example "select count(*) as n from training_log"',
    });
  }
  if (sql.length > MAX_SQL_LENGTH) {
    throw fault("too_large", `the statement has ${sql.length} characters; ${MAX_SQL_LENGTH} are allowed`, {
      hint: "pass values as params",
    });
  }
  if (sql.includes("\0") || !sql.isWellFormed()) {
    throw fault("invalid_argument", `NUL or lone surrogates in: ${clipSql(sql)}`, {
      hint: "pass such data as bytes in params",
    });
  }
  return sql;
}

/** What it does, or the word for what is not offered; none where it is no statement at all. */
function kindOf(words: readonly string[], place: "alone" | "session"): CheckedStatement["does"] | { word?: string } {
  const [first = "", second = ""] = words;
  switch (first) {
    case "select":
    case "values":
    case "table":
    case "explain":
      return words.includes("into") ? afterInto(words) : "read";
    case "with":
      if (words.includes("into") && !words.includes("insert") && !words.includes("merge")) return afterInto(words);
      return words.some((word) => CHANGING.has(word)) ? "change" : "read";
    case "insert":
    case "update":
    case "delete":
    case "merge":
    case "truncate":
      return "change";
    case "savepoint":
    case "release":
      return place === "session" ? "savepoint" : { word: "SAVEPOINT" };
    case "rollback": {
      if (!words.slice(1, 3).includes("to")) return { word: "BEGIN" };
      return place === "session" ? "savepoint" : { word: "SAVEPOINT" };
    }
    case "create":
    case "alter":
    case "drop":
    case "refresh": {
      const object = words.slice(1).find((word) => !MODIFIERS.has(word)) ?? "";
      if (words.slice(1, 5).some((word) => TEMPORARY.has(word))) return { word: "TEMP" };
      return OBJECTS.has(object) ? "define" : { word: `${first} ${object}`.trim().toUpperCase() };
    }
    case "": // a parenthesis
      return "read";
    default:
      if (TRANSACTION.has(first)) return { word: "BEGIN" };
      return COMMANDS.has(first) ? { word: `${first} ${second}`.trim().toUpperCase().slice(0, 40) } : {};
  }
}

/** SELECT … INTO makes a table. */
function afterInto(words: readonly string[]): CheckedStatement["does"] | { word: string } {
  return TEMPORARY.has(words[words.indexOf("into") + 1] ?? "") ? { word: "TEMP" } : "define";
}

const CHANGING: ReadonlySet<string> = new Set(["insert", "update", "delete", "merge"]);
const TEMPORARY: ReadonlySet<string> = new Set(["temp", "temporary"]);
const TRANSACTION: ReadonlySet<string> = new Set(["begin", "start", "commit", "end", "abort", "prepare", "set"]);
/** All the others that PostgreSQL has: whatever is in no list here never reaches it. */
const COMMANDS: ReadonlySet<string> = new Set(
  ("analyze call checkpoint close cluster comment copy deallocate declare discard do execute fetch grant import listen load lock move notify " +
    "reassign reindex reset revoke security show unlisten vacuum").split(" "),
);
const MODIFIERS: ReadonlySet<string> = new Set([
  "or",
  "replace",
  "unique",
  "global",
  "local",
  "temp",
  "temporary",
  "unlogged",
]);
const OBJECTS: ReadonlySet<string> = new Set(["table", "index", "view", "materialized", "sequence", "type", "domain"]);

/** Under one's own name a table may be called what one likes; these names are never one's own. */
function isForbidden({ kind, value }: Token): boolean {
  if (kind === "unicode") return true; // a name in disguise
  return (kind === "word" || kind === "quoted") && FORBIDDEN.test(value);
}

const FORBIDDEN = new RegExp(
  `^(?:${
    [
      "pg_.*", // catalogs, which show what others wrote into their definitions; sleeping, locks, files, other backends
      "set_config", // a caller's bounds are settings
      "(?:query|cursor|table|schema|database)_to_xml.*", // run a text as SQL: in a default or an index they would run with another's rights
      "ts_stat",
      "ts_rewrite",
      "xpath_table",
      "dblink.*",
      "crosstab.*",
      "connectby",
      "lo_(?:creat|create|open|close|unlink|import|export|from_bytea|get|put|lseek|lseek64|tell|tell64|truncate|truncate64)",
      "loread",
      "lowrite",
    ].join("|")
  })$`,
);

function withParams(
  sql: string,
  tokens: readonly Token[],
  refuse: (what: string, hint: string) => Error,
): Pick<CheckedStatement, "sql" | "placeholders"> {
  const numbered = tokens.filter(({ kind }) => kind === "param").map(({ value }) => Number(value.slice(1)));
  if (numbered.length > 0) {
    const most = Math.max(...numbered);
    if (most > 65_535 || Math.min(...numbered) < 1) {
      throw refuse("a placeholder out of $1 … $65535", "number them from $1");
    }
    return { sql, placeholders: most };
  }
  let text = "";
  let from = 0;
  let placeholders = 0;
  for (const { kind, at, end } of tokens) {
    if (kind !== "placeholder") continue;
    text += `${sql.slice(from, at)}$${++placeholders}`;
    from = end;
  }
  return { sql: text + sql.slice(from), placeholders };
}

function denied(word: string, sql: string): Error {
  const { message, hint } = refuseWord(word);
  return fault("denied", `${message} in: ${clipSql(sql)}`, {
    hint: /^(?:BEGIN|SAVEPOINT|TEMP)$/.test(word)
      ? hint
      : "use tables, indexes, views, sequences and types of your own",
  });
}
