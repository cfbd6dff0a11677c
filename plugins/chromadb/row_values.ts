import type { Metadata, Space } from "./records.ts";
import type { Collection } from "./vector_store.ts";

export type Row = Readonly<Record<string, unknown>>;

export function collectionOf(row: Row): Collection {
  const dimensions = row["dimensions"];
  return {
    id: row["id"] as number,
    name: row["name"] as string,
    space: row["space"] as Space,
    metadata: metadataOf(row),
    ...(dimensions !== null && { dimensions: Number(dimensions) }),
  };
}

export function metadataOf(row: Row): Metadata | null {
  return row["metadata"] === null ? null : JSON.parse(row["metadata"] as string);
}

export function jsonOf(metadata: Metadata | null): string | null {
  return metadata === null ? null : JSON.stringify(metadata);
}

/** A list in parts of at most this many. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

/** A `?` for each. */
export function marks(list: readonly unknown[]): string {
  return list.map(() => "?").join(", ");
}
