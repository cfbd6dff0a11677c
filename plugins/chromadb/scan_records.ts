import type { ModuleHandle } from "meta-machine";
import { type Database, type Tables, toVector } from "./embedded_tables.ts";
import { matchesDocument, matchesWhere } from "./match_record.ts";
import type { FoundRecord, Part, Selection } from "./records.ts";
import { chunks, marks, metadataOf, type Row } from "./row_values.ts";
import type { Limits } from "./settings.ts";
import type { Collection } from "./vector_store.ts";

/** Of the largest answer that the database gives by default, 6,000,000 bytes. */
const PAGE_BYTES = 4_000_000;
const MAX_PAGE = 5_000;
const MAX_READ = 500;
/** An id, and what a row costs beside its values. */
const ROW_BYTES = 600;

export interface Scanned {
  readonly database: ModuleHandle<Database>;
  readonly tables: Tables;
  readonly limits: Pick<Limits, "max_metadata_bytes" | "max_document_bytes">;
  readonly collection: Collection;
}

/**
 * The records that a selection means, in the order in which they were added, a page at a time. Each record at most once: one that is added while this goes on is not
 * seen, one that is taken away may be missing.
 */
export async function* scanRecords(
  { database, tables: { records }, limits, collection: { id, dimensions = 0 } }: Scanned,
  { ids, where, whereDocument }: Selection,
  vectors: "with vectors" | "without vectors",
): AsyncGenerator<{ readonly seq: number; readonly vector?: Float32Array }> {
  const wants = {
    metadata: where !== undefined,
    document: whereDocument !== undefined,
    embedding: vectors === "with vectors",
  };
  const columns = ["seq", ...Object.entries(wants).filter(([, wanted]) => wanted).map(([column]) => column)];
  const page = rowsOf(wants, limits, dimensions, MAX_PAGE);
  const [last] = await database.query(`select max(seq) as seq from ${records} where collection = ?`, [id]);
  const among = ids === undefined ? "" : ` and id in (${marks(ids)})`;
  for (let after = 0;;) {
    const rows: Row[] = await database.query(
      `select ${
        columns.join(", ")
      } from ${records} where collection = ? and seq > ? and seq <= ?${among} order by seq limit ?`,
      [id, after, Number(last?.["seq"] ?? 0), ...(ids ?? []), page],
    );
    for (const row of rows) {
      if (where !== undefined && !matchesWhere(metadataOf(row), where)) continue;
      if (whereDocument !== undefined && !matchesDocument(row["document"] as string | null, whereDocument)) continue;
      yield { seq: Number(row["seq"]), ...(wants.embedding && { vector: toVector(row["embedding"]) }) };
    }
    if (rows.length < page) return;
    after = Number(rows.at(-1)!["seq"]);
  }
}

/** What was asked for of these records, by `seq`. One that has gone is not there. */
export async function readRecords(
  { database, tables: { records }, limits, collection: { id, dimensions = 0 } }: Scanned,
  seqs: readonly number[],
  include: readonly Part[],
): Promise<ReadonlyMap<number, FoundRecord>> {
  const wants = {
    metadata: include.includes("metadatas"),
    document: include.includes("documents"),
    embedding: include.includes("embeddings"),
  };
  const columns = ["seq", "id", ...Object.entries(wants).filter(([, wanted]) => wanted).map(([column]) => column)];
  const found = new Map<number, FoundRecord>();
  for (const some of chunks(seqs, rowsOf(wants, limits, dimensions, MAX_READ))) {
    const rows: Row[] = await database.query(
      `select ${columns.join(", ")} from ${records} where collection = ? and seq in (${marks(some)})`,
      [id, ...some],
    );
    for (const row of rows) {
      found.set(Number(row["seq"]), {
        id: row["id"] as string,
        ...(wants.document && { document: row["document"] as string | null }),
        ...(wants.metadata && { metadata: metadataOf(row) }),
        ...(wants.embedding && { embedding: [...toVector(row["embedding"])] }),
      });
    }
  }
  return found;
}

/** As many rows as fit into one answer when each is as large as it may be. */
function rowsOf(
  wants: { readonly metadata: boolean; readonly document: boolean; readonly embedding: boolean },
  { max_metadata_bytes, max_document_bytes }: Scanned["limits"],
  dimensions: number,
  most: number,
): number {
  const bytes = ROW_BYTES + (wants.metadata ? max_metadata_bytes : 0) + (wants.document ? max_document_bytes : 0) +
    (wants.embedding ? 4 * dimensions : 0);
  return Math.max(1, Math.min(most, Math.floor(PAGE_BYTES / bytes)));
}
