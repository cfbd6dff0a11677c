import { constants as sqlite } from "node:sqlite";
import { OPERATOR } from "./caller_name.ts";
import { type AccessMap, foldName } from "./parse_access.ts";
import { type Refusal, refuseSchema, refuseTable, refuseWord } from "./refusals.ts";

/** Whose tables there are. Names in lower case. */
export interface TableFacts {
  /** Undefined when there is no such table or view, or it is the service's own. */
  ownerOf(table: string): string | undefined;
  hasTriggers(table: string): boolean;
}

/** What SQLite asks of its authorizer: an action and what it is about, and the trigger, view or subquery it stands in. */
export type Asked = readonly [
  action: number,
  first: string | null,
  second: string | null,
  database: string | null,
  within: string | null,
];

const { SQLITE_OK, SQLITE_DENY, SQLITE_IGNORE } = sqlite;

/**
 * One statement of one caller, as SQLite's authorizer sees it: each table it touches, by itself or through a view, a trigger or a foreign key, is checked with
 * the rights of who runs it. A trigger that belongs to somebody else may besides do only what its owner may, so that nobody lends
 * his rights to another's trigger by writing into a table. Keeps the first refusal.
 */
export class StatementCheck {
  /** "run": SQLite asks again for what a statement reaches only then. */
  phase: "prepare" | "run" = "prepare";
  refusal: Refusal | undefined;
  /** Rows are inserted, updated or deleted. */
  changing = false;
  inserting = false;
  /** Tables, views, indexes or triggers come, go or change. */
  defining = false;
  altering = false;
  /** SQLite tidies its own tables up. */
  #tidying = false;
  readonly #created = new Set<string>();
  /** Whose triggers this statement sets off. */
  readonly #definers = new Set<string>();

  constructor(readonly caller: string, readonly facts: TableFacts, readonly access: AccessMap) {}

  /** SQLITE_OK, SQLITE_DENY, or SQLITE_IGNORE for what reads as NULL or empty. */
  decide([action, first, second, database, within]: Asked): number {
    switch (action) {
      case sqlite.SQLITE_SELECT:
      case sqlite.SQLITE_RECURSIVE:
        return SQLITE_OK;
      case sqlite.SQLITE_FUNCTION:
        return FORBIDDEN_FUNCTION.test(second ?? "") ? this.#refuse(refuseWord(`function ${second}()`)) : SQLITE_OK;
      case sqlite.SQLITE_READ:
        return this.#read(foldName(first ?? ""), second ?? "", within);
      case sqlite.SQLITE_INSERT:
      case sqlite.SQLITE_UPDATE:
      case sqlite.SQLITE_DELETE:
        return this.#write(action, foldName(first ?? ""), within);
      case sqlite.SQLITE_CREATE_TABLE:
      case sqlite.SQLITE_CREATE_VIEW:
        return this.#create(foldName(first ?? ""));
      case sqlite.SQLITE_DROP_TABLE:
      case sqlite.SQLITE_DROP_VIEW:
        this.#tidying = true;
        return this.#define(foldName(first ?? ""));
      case sqlite.SQLITE_ALTER_TABLE:
        this.#tidying = this.altering = true;
        return this.#define(foldName(second ?? ""));
      case sqlite.SQLITE_DROP_INDEX:
        this.#tidying = true;
        return this.#define(foldName(second ?? ""));
      case sqlite.SQLITE_CREATE_INDEX:
      case sqlite.SQLITE_CREATE_TRIGGER:
      case sqlite.SQLITE_DROP_TRIGGER:
        return this.#define(foldName(second ?? ""));
      case sqlite.SQLITE_REINDEX:
        return this.defining ? SQLITE_OK : this.#refuse(refuseWord("REINDEX"));
      case sqlite.SQLITE_PRAGMA:
        return this.#pragma(first ?? "", second);
      default:
        return this.#refuse(refuseWord(WORDS[action] ?? `action ${action} on ${first ?? database}`));
    }
  }

  #read(table: string, column: string, within: string | null): number {
    if (SCHEMA_TABLES.includes(table)) {
      // Names are no secret among those who share them; what others wrote into their definitions is.
      const open = column.toLowerCase() !== "sql" || this.altering || this.caller === OPERATOR;
      return open ? SQLITE_OK : SQLITE_IGNORE;
    }
    if (TABLE_FUNCTIONS.includes(table) || (table.startsWith("pragma_") && PRAGMAS.includes(table.slice(7)))) return SQLITE_OK;
    if (isSqlitesOwn(table) && (this.#tidying || this.caller === OPERATOR)) return SQLITE_OK;
    return this.#touch("read", table, within);
  }

  #write(action: number, table: string, within: string | null): number {
    // SQLite itself lets nobody write into its schema but its own CREATE, ALTER and DROP, which ask here too.
    if (table === "sqlite_master") return SQLITE_OK;
    if (table === "sqlite_temp_master") {
      return action === sqlite.SQLITE_UPDATE ? SQLITE_OK : this.#refuse(refuseWord("TEMP"));
    }
    if (isSqlitesOwn(table) && this.#tidying) return SQLITE_OK;
    this.changing = true;
    if (action === sqlite.SQLITE_INSERT) this.inserting = true;
    const verdict = this.#touch("write", table, within);
    const owner = this.facts.ownerOf(table);
    if (verdict === SQLITE_OK && owner !== undefined && owner !== this.caller && this.facts.hasTriggers(table)) {
      this.#definers.add(owner);
    }
    return verdict;
  }

  #touch(how: "read" | "write", table: string, within: string | null): number {
    if (!this.#created.has(table) && !this.#may(this.caller, how, table)) {
      return this.#refuse(refuseTable(this.caller, how, table, this.facts.ownerOf(table)));
    }
    if (within === null) return SQLITE_OK;
    for (const definer of this.#definers) {
      if (!this.#may(definer, how, table)) {
        return this.#refuse(refuseTable(`a trigger of '${definer}'`, how, table, this.facts.ownerOf(table)));
      }
    }
    return SQLITE_OK;
  }

  #may(who: string, how: "read" | "write", table: string): boolean {
    const owner = this.facts.ownerOf(table);
    if (owner === undefined) return false;
    return who === owner || who === OPERATOR || this.access.get(who)?.[how].has(table) === true;
  }

  #create(table: string): number {
    this.defining = true;
    if (this.facts.ownerOf(table) === undefined) this.#created.add(table);
    return SQLITE_OK;
  }

  #define(table: string): number {
    this.defining = true;
    const owner = this.facts.ownerOf(table);
    const may = this.#created.has(table) || (owner !== undefined && (owner === this.caller || this.caller === OPERATOR));
    return may ? SQLITE_OK : this.#refuse(refuseSchema(this.caller, table, owner));
  }

  #pragma(name: string, argument: string | null): number {
    if (!PRAGMAS.includes(name.toLowerCase())) return this.#refuse(refuseWord(`PRAGMA ${name}`));
    if (name.toLowerCase() === "table_list" || argument === null) return SQLITE_OK;
    const table = foldName(argument);
    if (this.#may(this.caller, "read", table)) return SQLITE_OK;
    // Joined with the list of all tables, those of others have no columns; asked for by name, they are refused.
    if (this.phase === "run") return SQLITE_IGNORE;
    return this.#refuse(refuseTable(this.caller, "read", table, this.facts.ownerOf(table)));
  }

  #refuse(refusal: Refusal): number {
    this.refusal ??= refusal;
    return SQLITE_DENY;
  }
}

const SCHEMA_TABLES = ["sqlite_master", "sqlite_temp_master"];
const TABLE_FUNCTIONS = ["json_each", "json_tree"];
const PRAGMAS = ["table_info", "table_xinfo", "table_list", "index_list", "foreign_key_list"];
const FORBIDDEN_FUNCTION = /^(?:load_extension|fts|rtree|geopoly|sqlite_log)/i;

function isSqlitesOwn(table: string): boolean {
  return table === "sqlite_sequence" || /^sqlite_stat\d$/.test(table);
}

const WORDS: Readonly<Record<number, string>> = {
  [sqlite.SQLITE_ATTACH]: "ATTACH",
  [sqlite.SQLITE_DETACH]: "DETACH",
  [sqlite.SQLITE_TRANSACTION]: "BEGIN",
  [sqlite.SQLITE_SAVEPOINT]: "SAVEPOINT",
  [sqlite.SQLITE_ANALYZE]: "ANALYZE",
  [sqlite.SQLITE_CREATE_VTABLE]: "CREATE VIRTUAL TABLE",
  [sqlite.SQLITE_DROP_VTABLE]: "DROP of a virtual table",
  [sqlite.SQLITE_CREATE_TEMP_TABLE]: "TEMP",
  [sqlite.SQLITE_CREATE_TEMP_INDEX]: "TEMP",
  [sqlite.SQLITE_CREATE_TEMP_TRIGGER]: "TEMP",
  [sqlite.SQLITE_CREATE_TEMP_VIEW]: "TEMP",
  [sqlite.SQLITE_DROP_TEMP_TABLE]: "TEMP",
  [sqlite.SQLITE_DROP_TEMP_INDEX]: "TEMP",
  [sqlite.SQLITE_DROP_TEMP_TRIGGER]: "TEMP",
  [sqlite.SQLITE_DROP_TEMP_VIEW]: "TEMP",
};
