import { DatabaseSync } from "node:sqlite";
import type { Asked } from "./authorizer_actions.ts";
import { MAX_SQL_LENGTH } from "./one_statement.ts";

/** The runtime's connection with what its types lack. */
export interface Connection extends DatabaseSync {
  setAuthorizer(decide: (...asked: Asked) => number): void;
  enableDefensive(on: boolean): void;
  readonly limits: Record<string, number>;
}

export interface ConnectionLimits {
  /** The largest the file may grow: one caller would fill the disk for all. */
  readonly max_mb: number;
}

/** What SQLite may take of the process's memory. A statement that needs more is refused; without it the process would end, with everybody's calls. */
export const MAX_HEAP_BYTES = 67_108_864;

/**
 * Opens `database.sqlite` in the folder. Write-ahead log with `synchronous = FULL`: an acknowledged row survives a killed process anyway, and so the loss of
 * power too. A large sort or distinct goes to a nameless file in the folder, the only one this module has, and not to memory.
 */
export function openConnection(folder: string, { max_mb }: ConnectionLimits): Connection {
  const connection = new DatabaseSync(`${folder}/database.sqlite`, {
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
    allowExtension: false,
    timeout: 2_000, // while it is opened: a former instance of this module may just be closing the file
  }) as Connection;
  connection.enableDefensive(true);
  connection.exec("pragma journal_mode = wal");
  connection.exec("pragma synchronous = full");
  connection.exec("pragma trusted_schema = off");
  connection.exec("pragma temp_store = file");
  connection.exec(`pragma temp_store_directory = '${folder.replaceAll("'", "''")}'`);
  connection.exec(`pragma hard_heap_limit = ${MAX_HEAP_BYTES}`);
  const { page_size } = connection.prepare("pragma page_size").get() as { page_size: number };
  connection.exec(`pragma max_page_count = ${Math.floor(max_mb * 1_048_576 / page_size)}`);
  Object.assign(connection.limits, LIMITS);
  return connection;
}

const LIMITS = {
  length: 8_388_608,
  sqlLength: 4 * MAX_SQL_LENGTH,
  attach: 0,
  triggerDepth: 16,
  compoundSelect: 500,
  likePatternLength: 1_000,
};
