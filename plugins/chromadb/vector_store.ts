import type { FoundRecord, Hit, Metadata, NewRecord, Part, Selection, Space } from "./records.ts";

/** A collection as its store knows it. Good for the call that asked for it: it may be gone with the next one. */
export interface Collection {
  /** The store's own. */
  readonly id: string | number;
  /** The full name. */
  readonly name: string;
  readonly metadata: Metadata | null;
  readonly space: Space;
  /** How many dimensions its vectors have, where the store says so before it is asked for something else. */
  readonly dimensions?: number;
}

/**
 * Where collections are kept. Names are full names, arguments are checked: a store judges nothing but what only it knows. It throws faults, `conflict` for vectors
 * whose dimensions do not fit (by `wrongDimensions`), `not_found` for a collection that went away meanwhile (by `goneCollection`).
 */
export interface VectorStore {
  find(name: string): Promise<Collection | undefined>;
  /** The one that is there, else a new one. */
  findOrCreate(name: string, shape: { readonly metadata: Metadata | null; readonly space: Space }): Promise<Collection>;
  /** All there are, at most this many, by name. */
  list(most: number): Promise<readonly Collection[]>;
  drop(collection: Collection): Promise<void>;
  count(collection: Collection): Promise<number>;
  /** All or none. Refuses with `conflict` when one of the ids is there already. */
  add(collection: Collection, records: readonly NewRecord[]): Promise<void>;
  /** In the order in which they were added. */
  get(
    collection: Collection,
    question: Selection & { readonly limit: number; readonly offset: number; readonly include: readonly Part[] },
  ): Promise<readonly FoundRecord[]>;
  /** For each vector the nearest, the nearest first. */
  query(
    collection: Collection,
    vectors: readonly (readonly number[])[],
    question: Selection & { readonly nResults: number; readonly include: readonly Part[] },
  ): Promise<readonly (readonly Hit[])[]>;
  /** How many there were. */
  delete(collection: Collection, selection: Selection): Promise<number>;
}
