/** The embedded store's tables in the service `database`, and the SQL that both of its engines speak. */

/** What is used of the service. */
export interface Database {
  about(): { dialect: "sqlite" | "postgres" };
  query(sql: string, params?: readonly unknown[]): Record<string, unknown>[];
  execute(sql: string, params?: readonly unknown[]): { changes: number };
  transaction(statements: readonly (readonly [sql: string, params?: readonly unknown[]])[]): { changes: number }[];
}

export interface Tables {
  readonly collections: string;
  readonly records: string;
  /** Statements that make what is not there. */
  readonly made: readonly string[];
  /** Vectors are kept as 32-bit floats, lowest byte first; a parameter of a select has to be told its type. */
  readonly bytes: string;
}

/** `seq` only grows: a record that is added again comes after all that a search has yet to see. */
export function tablesOf(path: string, dialect: "sqlite" | "postgres"): Tables {
  const [collections, records] = [`${path}_collections`, `${path}_records`];
  const sqlite = dialect === "sqlite";
  const key = sqlite ? "integer primary key autoincrement" : "bigint generated always as identity primary key";
  const bytes = sqlite ? "blob" : "bytea";
  return {
    collections,
    records,
    bytes,
    made: [
      `create table if not exists ${collections} (id ${key}, name text not null unique, space text not null, ` +
      "metadata text, dimensions integer)",
      `create table if not exists ${records} (seq ${key}, collection bigint not null, id text not null, document text, ` +
      `metadata text, embedding ${bytes} not null, unique (collection, id))`,
      `create index if not exists ${records}_by_seq on ${records} (collection, seq)`,
    ],
  };
}

export function toBytes(vector: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(vector).buffer);
}

export function toVector(bytes: unknown): Float32Array {
  // Copied, since a part of a message may begin anywhere.
  return new Float32Array((bytes as Uint8Array).slice().buffer);
}
