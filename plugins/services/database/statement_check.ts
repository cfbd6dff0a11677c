import { ACTION, ANSWER, type Asked } from "./authorizer_actions.ts";
import { OPERATOR } from "./caller_name.ts";
import { type AccessMap, foldName } from "./parse_access.ts";
import { orRename, type Refusal, refuseSchema, refuseTable, refuseWord } from "./refusals.ts";

/** Whose tables there are. Names in lower case. */
export interface TableFacts {
  /** Undefined when there is no such table or view, or it is the service's own. */
  ownerOf(table: string): string | undefined;
  /** Whether any table, view or virtual table answers to the name, the service's own and SQLite's too. */
  isTaken(name: string): boolean;
  hasTriggers(table: string): boolean;
}

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
  /** What it does to a savepoint of the session. */
  savepoint: "none" | "begin" | "release" | "rollback" = "none";
  /** SQLite tidies its own tables up. */
  #tidying = false;
  readonly #created = new Set<string>();
  /** Whose triggers this statement sets off. */
  readonly #definers = new Set<string>();

  /** Savepoints are offered in a session only. */
  constructor(
    readonly caller: string,
    readonly facts: TableFacts,
    readonly access: AccessMap,
    readonly place: "alone" | "session" = "alone",
  ) {}

  /** ok, deny, or ignore for what reads as NULL or empty. */
  decide([action, first, second, database, within]: Asked): number {
    // ALTER names its database where others name their table. A temporary table would stand before everybody's plain one of its name.
    const schema = action === ACTION.alter_table ? first : database;
    if (schema !== null && schema !== "main" && first !== "sqlite_temp_master") return this.#refuse(refuseWord("TEMP"));
    switch (action) {
      case ACTION.select:
      case ACTION.recursive:
        return ANSWER.ok;
      case ACTION.function:
        return FORBIDDEN_FUNCTION.test(second ?? "") ? this.#refuse(refuseWord(`function ${second}()`)) : ANSWER.ok;
      case ACTION.read:
        return this.#read(foldName(first ?? ""), second ?? "", database, within);
      case ACTION.insert:
      case ACTION.update:
      case ACTION.delete:
        return this.#write(action, foldName(first ?? ""), within);
      case ACTION.create_table:
      case ACTION.create_view:
        return this.#create(foldName(first ?? ""));
      case ACTION.drop_table:
      case ACTION.drop_view:
        this.#tidying = true;
        return this.#define(foldName(first ?? ""));
      case ACTION.alter_table:
        this.#tidying = this.altering = true;
        return this.#define(foldName(second ?? ""));
      case ACTION.drop_index:
        this.#tidying = true;
        return this.#define(foldName(second ?? ""));
      case ACTION.create_index:
      case ACTION.create_trigger:
      case ACTION.drop_trigger:
        return this.#define(foldName(second ?? ""));
      case ACTION.reindex:
        return this.defining ? ANSWER.ok : this.#refuse(refuseWord("REINDEX"));
      case ACTION.pragma:
        return this.#pragma(first ?? "", second);
      case ACTION.savepoint:
        return this.#savepoint(first ?? "");
      default:
        return this.#refuse(refuseWord(WORDS[action] ?? `action ${action} on ${first ?? database}`));
    }
  }

  #savepoint(operation: string): number {
    if (this.place === "alone") return this.#refuse(refuseWord("SAVEPOINT"));
    this.savepoint = operation === "ROLLBACK" ? "rollback" : operation === "RELEASE" ? "release" : "begin";
    return ANSWER.ok;
  }

  #read(table: string, column: string, database: string | null, within: string | null): number {
    if (SCHEMA_TABLES.includes(table) || (column === "" && table === "sqlite_schema")) {
      // Names are no secret among those who share them; what others wrote into their definitions is.
      const open = column.toLowerCase() !== "sql" || this.altering || this.caller === OPERATOR;
      return open ? ANSWER.ok : ANSWER.ignore;
    }
    if (TABLE_FUNCTIONS.includes(table) || (table.startsWith("pragma_") && PRAGMAS.includes(table.slice(7)))) {
      return ANSWER.ok;
    }
    if (isSqlitesOwn(table) && (this.#tidying || this.caller === OPERATOR)) return ANSWER.ok;
    // A table of which no column is used is asked for without its database, and so is a name from WITH. Which of both it is SQLite does not tell:
    // a name that no table has is nobody's, any other is taken for the table.
    const unused = column === "" && database === null;
    if (unused && !this.facts.isTaken(table)) return ANSWER.ok;
    return this.#touch("read", table, within, unused);
  }

  #write(action: number, table: string, within: string | null): number {
    // SQLite itself lets nobody write into its schema but its own CREATE, ALTER and DROP, which ask here too.
    if (table === "sqlite_master") return ANSWER.ok;
    if (table === "sqlite_temp_master") {
      return action === ACTION.update ? ANSWER.ok : this.#refuse(refuseWord("TEMP"));
    }
    if (isSqlitesOwn(table) && this.#tidying) return ANSWER.ok;
    this.changing = true;
    if (action === ACTION.insert) this.inserting = true;
    const verdict = this.#touch("write", table, within);
    const owner = this.facts.ownerOf(table);
    if (verdict === ANSWER.ok && owner !== undefined && owner !== this.caller && this.facts.hasTriggers(table)) {
      this.#definers.add(owner);
    }
    return verdict;
  }

  #touch(how: "read" | "write", table: string, within: string | null, unused = false): number {
    if (!this.#created.has(table) && !this.#may(this.caller, how, table)) {
      const refusal = refuseTable(this.caller, how, table, this.facts.ownerOf(table));
      return this.#refuse(unused ? orRename(refusal) : refusal);
    }
    if (within === null) return ANSWER.ok;
    for (const definer of this.#definers) {
      if (!this.#may(definer, how, table)) {
        return this.#refuse(refuseTable(`a trigger of '${definer}'`, how, table, this.facts.ownerOf(table)));
      }
    }
    return ANSWER.ok;
  }

  #may(who: string, how: "read" | "write", table: string): boolean {
    const owner = this.facts.ownerOf(table);
    if (owner === undefined) return false;
    return who === owner || who === OPERATOR || this.access.get(who)?.[how].has(table) === true;
  }

  #create(table: string): number {
    this.defining = true;
    if (this.facts.ownerOf(table) === undefined) this.#created.add(table);
    return ANSWER.ok;
  }

  #define(table: string): number {
    this.defining = true;
    const owner = this.facts.ownerOf(table);
    const may = this.#created.has(table) ||
      (owner !== undefined && (owner === this.caller || this.caller === OPERATOR));
    return may ? ANSWER.ok : this.#refuse(refuseSchema(this.caller, table, owner));
  }

  #pragma(name: string, argument: string | null): number {
    if (!PRAGMAS.includes(name.toLowerCase())) return this.#refuse(refuseWord(`PRAGMA ${name}`));
    if (name.toLowerCase() === "table_list" || argument === null) return ANSWER.ok;
    const table = foldName(argument);
    if (this.#may(this.caller, "read", table)) return ANSWER.ok;
    // Joined with the list of all tables, those of others have no columns; asked for by name, they are refused.
    if (this.phase === "run") return ANSWER.ignore;
    return this.#refuse(refuseTable(this.caller, "read", table, this.facts.ownerOf(table)));
  }

  #refuse(refusal: Refusal): number {
    this.refusal ??= refusal;
    return ANSWER.deny;
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
  [ACTION.attach]: "ATTACH",
  [ACTION.detach]: "DETACH",
  [ACTION.transaction]: "BEGIN",
  [ACTION.analyze]: "ANALYZE",
  [ACTION.create_vtable]: "CREATE VIRTUAL TABLE",
  [ACTION.drop_vtable]: "DROP of a virtual table",
  [ACTION.create_temp_table]: "TEMP",
  [ACTION.create_temp_index]: "TEMP",
  [ACTION.create_temp_trigger]: "TEMP",
  [ACTION.create_temp_view]: "TEMP",
  [ACTION.drop_temp_table]: "TEMP",
  [ACTION.drop_temp_index]: "TEMP",
  [ACTION.drop_temp_trigger]: "TEMP",
  [ACTION.drop_temp_view]: "TEMP",
};
