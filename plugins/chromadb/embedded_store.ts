import type { ModuleHandle } from "meta-machine";
import { distance } from "./distance.ts";
import { type Database, type Tables, tablesOf, toBytes } from "./embedded_tables.ts";
import { Nearest } from "./nearest.ts";
import type { FoundRecord, Hit, Metadata, NewRecord, Part, Selection, Space } from "./records.ts";
import { chunks, collectionOf, jsonOf, marks } from "./row_values.ts";
import { readRecords, type Scanned, scanRecords } from "./scan_records.ts";
import type { Limits } from "./settings.ts";
import { goneCollection, idsTaken, wrongDimensions } from "./store_faults.ts";
import type { Collection, VectorStore } from "./vector_store.ts";

/** Records that one statement takes away. */
const MAX_DELETED = 500;

/** Collections in two tables of the service `database`, searched by looking at every vector: exact, and as slow as a collection is large. */
export class EmbeddedStore implements VectorStore {
  readonly #database: ModuleHandle<Database>;
  readonly #path: string;
  readonly #limits: Limits;
  #tables: Promise<Tables> | undefined;

  constructor(database: ModuleHandle<Database>, path: string, limits: Limits) {
    this.#database = database;
    this.#path = path;
    this.#limits = limits;
  }

  async find(name: string): Promise<Collection | undefined> {
    const { collections } = await this.#made();
    const rows = await this.#database.query(`select * from ${collections} where name = ?`, [name]);
    return rows[0] && collectionOf(rows[0]);
  }

  async findOrCreate(name: string, shape: { metadata: Metadata | null; space: Space }): Promise<Collection> {
    const { collections } = await this.#made();
    await this.#database.execute(
      `insert into ${collections} (name, space, metadata) values (?, ?, ?) on conflict (name) do nothing`,
      [name, shape.space, jsonOf(shape.metadata)],
    );
    const found = await this.find(name);
    if (found === undefined) throw goneCollection(name);
    return found;
  }

  async list(most: number): Promise<readonly Collection[]> {
    const { collections } = await this.#made();
    const rows = await this.#database.query(`select * from ${collections} order by name limit ?`, [most]);
    return rows.map(collectionOf);
  }

  async drop({ id }: Collection): Promise<void> {
    const { collections, records } = await this.#made();
    await this.#database.transaction([
      [`delete from ${records} where collection = ?`, [id]],
      [`delete from ${collections} where id = ?`, [id]],
    ]);
  }

  async count({ id }: Collection): Promise<number> {
    const { records } = await this.#made();
    const rows = await this.#database.query(`select count(*) as n from ${records} where collection = ?`, [id]);
    return Number(rows[0]?.["n"]);
  }

  async add({ id, name }: Collection, added: readonly NewRecord[]): Promise<void> {
    const { collections, records, bytes } = await this.#made();
    const dimensions = added[0]!.embedding.length;
    // Each insert asks again whether the collection is there and takes such vectors: another add may have been first.
    const insert = `insert into ${records} (collection, id, document, metadata, embedding) ` +
      `select id, cast(? as text), cast(? as text), cast(? as text), cast(? as ${bytes}) from ${collections} ` +
      "where id = ? and dimensions = ?";
    const outcomes = await this.#database.transaction([
      [`update ${collections} set dimensions = ? where id = ? and dimensions is null`, [dimensions, id]],
      ...added.map((record) =>
        [insert, [
          ...[record.id, record.document, jsonOf(record.metadata), toBytes(record.embedding)],
          ...[id, dimensions],
        ]] as const
      ),
    ]).catch((error) => this.#explain(error, id, name, added));
    if (outcomes[1]?.changes === 1) return;
    const now = await this.find(name);
    if (now?.id !== id || now.dimensions === undefined) throw goneCollection(name);
    throw wrongDimensions(name, now.dimensions, dimensions);
  }

  async get(
    collection: Collection,
    question: Selection & { limit: number; offset: number; include: readonly Part[] },
  ): Promise<readonly FoundRecord[]> {
    const scanned = await this.#scanned(collection);
    const found: number[] = [];
    let passed = 0;
    for await (const { seq } of scanRecords(scanned, question, "without vectors")) {
      if (passed++ < question.offset) continue;
      found.push(seq);
      if (found.length === question.limit) break;
    }
    const read = await readRecords(scanned, found, question.include);
    return found.flatMap((seq) => read.get(seq) ?? []);
  }

  async query(
    collection: Collection,
    vectors: readonly (readonly number[])[],
    question: Selection & { nResults: number; include: readonly Part[] },
  ): Promise<readonly (readonly Hit[])[]> {
    const { name, dimensions = vectors[0]!.length, space } = collection;
    if (vectors[0]!.length !== dimensions) throw wrongDimensions(name, dimensions, vectors[0]!.length);
    const scanned = await this.#scanned(collection);
    const searches = vectors.map((vector) => ({
      wanted: Float32Array.from(vector),
      nearest: new Nearest<number>(question.nResults),
    }));
    for await (const { seq, vector } of scanRecords(scanned, question, "with vectors")) {
      for (const { wanted, nearest } of searches) nearest.offer(distance(space, wanted, vector!), seq);
    }
    const near = searches.map(({ nearest }) => nearest.values());
    const read = await readRecords(scanned, [...new Set(near.flat().map(({ value }) => value))], question.include);
    return near.map((hits) =>
      hits.flatMap(({ distance, value }) => {
        const record = read.get(value);
        return record === undefined ? [] : [{ ...record, distance }];
      })
    );
  }

  async delete(collection: Collection, selection: Selection): Promise<number> {
    const { records } = await this.#made();
    const found: number[] = [];
    const scanned = await this.#scanned(collection);
    for await (const { seq } of scanRecords(scanned, selection, "without vectors")) found.push(seq);
    if (found.length === 0) return 0;
    const outcomes = await this.#database.transaction(
      chunks(found, MAX_DELETED).map((seqs) =>
        [`delete from ${records} where collection = ? and seq in (${marks(seqs)})`, [collection.id, ...seqs]] as const
      ),
    );
    return outcomes.reduce((sum, { changes }) => sum + changes, 0);
  }

  /** Why records could not be added: the database names a broken constraint, the caller wants to know which ids. */
  async #explain(error: unknown, id: string | number, name: string, added: readonly NewRecord[]): Promise<never> {
    const { records } = await this.#made();
    const ids = added.map((record) => record.id);
    const taken = await this.#database.query(
      `select id from ${records} where collection = ? and id in (${marks(ids)}) order by seq`,
      [id, ...ids],
    );
    throw taken.length === 0 ? error : idsTaken(name, taken.map((row) => row["id"] as string));
  }

  async #scanned(collection: Collection): Promise<Scanned> {
    return { database: this.#database, tables: await this.#made(), limits: this.#limits, collection };
  }

  /** The tables are made by the first call: the database may not be there before. */
  #made(): Promise<Tables> {
    return this.#tables ??= this.#make().catch((error) => {
      this.#tables = undefined;
      throw error;
    });
  }

  async #make(): Promise<Tables> {
    const { dialect } = await this.#database.about();
    const tables = tablesOf(this.#path, dialect);
    for (const statement of tables.made) await this.#database.execute(statement);
    return tables;
  }
}
