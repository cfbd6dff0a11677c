import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type CompiledQuery, sql } from "kysely";
import { fault } from "meta-machine";
import { OPERATOR } from "./caller_name.ts";
import { sqliteWriter } from "./introspection.ts";
import { foldName } from "./parse_access.ts";
import type { TableFacts } from "./statement_check.ts";

/** Who owns a table or view: the caller that created it. In the database itself, and out of everybody's reach. */
export const OWNERS = "database_owners";

/** This service's own part of the schema, as Kysely sees it. */
export interface OwnSchema {
  [OWNERS]: { name: string; owner: string };
  sqlite_schema: { type: string; name: string; tbl_name: string };
}

/**
 * The owners of all tables as one connection sees them, read once and again when the schema is another: owners change with it, in one transaction. Kysely writes the statements; they are run at once and not through its
 * driver, since between a definition and its owner no other call may get in.
 */
export class TableRegister implements TableFacts {
  readonly #connection: DatabaseSync;
  readonly #kysely = sqliteWriter<OwnSchema>();
  #owners = new Map<string, string>();
  #triggered = new Set<string>();
  /** Names of virtual tables that are there without having been created. */
  #modules: ReadonlySet<string> = new Set();
  /** SQLite's own number of the schema's state, as it was when the owners were read. */
  #seen: unknown;
  #version: StatementSync | undefined;
  #generation = 0;
  /** What was read includes a definition that may still be undone. */
  #unsure = false;

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  /** Makes the table of owners where there is none. */
  prepare(): void {
    const owners = this.#kysely.schema.createTable(OWNERS).ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("owner", "text", (column) => column.notNull());
    this.#run(owners.compile());
    this.learn();
  }

  /** What a connection is told before its first statement. */
  learn(): void {
    const modules = sql<{ name: string }>`select name from pragma_module_list`.compile(this.#kysely);
    this.#modules = new Set(this.#run(modules).map(({ name }) => foldName(name)));
  }

  ownerOf(table: string): string | undefined {
    return this.#owners.get(table);
  }

  isTaken(name: string): boolean {
    return this.#owners.has(name) || name === OWNERS || /^(?:sqlite|pragma)_/.test(name) || this.#modules.has(name);
  }

  hasTriggers(table: string): boolean {
    return this.#triggered.has(table);
  }

  /** Another number as soon as anything may be owned by somebody else than before: what was decided before no longer counts. */
  get generation(): number {
    return this.#generation;
  }

  /** A transaction, or a part of one, was undone. */
  undone(): void {
    if (this.#unsure) this.#seen = undefined;
  }

  /** The transaction has ended, and what was read is so. */
  settled(): void {
    this.#unsure = false;
  }

  /** Reads the owners unless they are known to be unchanged. A table that nobody is known to have created is the operator's. */
  refresh(): void {
    this.#version ??= this.#connection.prepare("pragma schema_version");
    const version = this.#version.get()?.["schema_version"];
    if (this.#seen !== version) this.#read();
    this.#seen = version;
  }

  /** After a definition by `caller`, in its transaction: what has come is the caller's, what was renamed stays its owner's, what is gone is forgotten. */
  record(caller: string, altering: boolean): void {
    this.#unsure = true;
    const there = this.#tables();
    const come = there.filter((name) => !this.#owners.has(name));
    const gone = [...this.#owners.keys()].filter((name) => !there.includes(name));
    const renamed = altering && come.length === 1 && gone.length === 1 ? this.#owners.get(gone[0] ?? "") : undefined;
    const own = this.#kysely;
    for (const name of gone) this.#run(own.deleteFrom(OWNERS).where("name", "=", name).compile());
    for (const name of come) this.#run(own.replaceInto(OWNERS).values({ name, owner: renamed ?? caller }).compile());
    this.#read();
    this.#refuseForeignReferences();
  }

  #read(): void {
    this.#generation++;
    const recorded = this.#run(this.#kysely.selectFrom(OWNERS).select(["name", "owner"]).compile());
    const owners = new Map(recorded.map(({ name, owner }) => [name, owner]));
    this.#owners = new Map(this.#tables().map((name) => [name, owners.get(name) ?? OPERATOR]));
    const triggers = this.#run(
      this.#kysely.selectFrom("sqlite_schema").select("tbl_name").where("type", "=", "trigger").compile(),
    );
    this.#triggered = new Set(triggers.map(({ tbl_name }) => foldName(tbl_name)));
  }

  #tables(): string[] {
    const named = this.#kysely.selectFrom("sqlite_schema").select("name").where("type", "in", ["table", "view"]);
    return this.#run(named.compile()).map(({ name }) => foldName(name)).filter((name) =>
      name !== OWNERS && !name.startsWith("sqlite_")
    );
  }

  /** A foreign key into another's table would let its rows hinder that owner from deleting his. */
  #refuseForeignReferences(): void {
    const references = sql<{ child: string; parent: string }>`
      select m.name as child, f."table" as parent
      from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table'`;
    for (const { child, parent } of this.#run(references.compile(this.#kysely))) {
      const [referring, referred] = [this.ownerOf(foldName(child)), this.ownerOf(foldName(parent))];
      if (referred === undefined || referred === referring) continue;
      throw fault("denied", `table '${child}' of '${referring}' refers to table '${parent}' of '${referred}'`, {
        hint: "foreign keys lead to tables of the same owner",
      });
    }
  }

  #run<O>({ sql, parameters }: CompiledQuery<O>): O[] {
    return this.#connection.prepare(sql).all(...parameters as string[]) as O[];
  }
}
