import { fault } from "meta-machine";

/** Why a statement was refused, and what would be allowed. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** `who` is a caller's name, or words for a trigger. */
export function refuseTable(who: string, how: "read" | "write", table: string, owner: string | undefined): Refusal {
  const subject = who.startsWith("a trigger") ? who : `'${who}'`;
  if (owner === undefined) {
    return {
      message: `${subject} may not ${how} '${table}'`,
      hint: "it is SQLite's or this service's own; use tables of your own",
    };
  }
  return {
    message: `${subject} may not ${how} table '${table}', which belongs to '${owner}'`,
    hint: who.startsWith("a trigger")
      ? "a trigger does only what both its owner and the one who sets it off may do"
      : `add to configs/services/database.yml: access: {${who}: {${how}: [${table}]}}`,
  };
}

/** The same where the name may be one from WITH, which SQLite does not tell apart. */
export function orRename({ message, hint }: Refusal): Refusal {
  return { message, hint: `${hint}; a name from WITH must be one that no table has` };
}

export function refuseSchema(caller: string, table: string, owner: string | undefined): Refusal {
  return {
    message: owner === undefined
      ? `'${caller}' may not change the shape of '${table}'`
      : `'${caller}' may not change the shape of table '${table}', which belongs to '${owner}'`,
    hint: "only its owner creates indexes and triggers on a table, alters or drops it",
  };
}

/** What is refused to everybody: the connection is shared, and its file is the only one. */
export function refuseWord(word: string): Refusal {
  return { message: `${word} is not offered here`, hint: HINTS[word] ?? hintFor(word) };
}

const HINTS: Readonly<Record<string, string>> = {
  ATTACH: "there is one database, and neither ATTACH nor VACUUM; create tables in it",
  BEGIN: "call transaction([[sql, params], …]): all or nothing; or session_open(), and session_close(id) to end it",
  SAVEPOINT: "savepoints are for sessions: session_open() gives one; or call transaction([[sql, params], …])",
  TEMP: "the connection is shared: create a plain table and drop it when it has served",
};

function hintFor(word: string): string {
  if (word.startsWith("PRAGMA")) {
    return "offered: PRAGMA table_info, table_xinfo, table_list, index_list, foreign_key_list";
  }
  return "use plain tables, views, indexes and triggers";
}

/** A door looks for these words. */
export function onlyReads(what: string) {
  return fault("invalid_argument", `${what} only reads`, {
    hint: what === "query()"
      ? "call execute(sql, params), which gives rows too"
      : 'what changes something goes to execute(sql, params), or into a session that writes: session_open("write")',
  });
}
