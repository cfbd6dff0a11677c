import type { FoundRecord, Metadata, Part } from "./records.ts";

/** Records as Chroma answers them: a list for each part that was asked for. */
export interface Columns {
  readonly ids: string[];
  readonly documents?: (string | null)[];
  readonly metadatas?: (Metadata | null)[];
  readonly embeddings?: number[][];
  readonly distances?: number[];
}

export function columnsOf(
  records: readonly (FoundRecord & { readonly distance?: number })[],
  include: readonly Part[],
): Columns {
  return {
    ids: records.map(({ id }) => id),
    ...(include.includes("documents") && { documents: records.map(({ document }) => document ?? null) }),
    ...(include.includes("metadatas") && { metadatas: records.map(({ metadata }) => metadata ?? null) }),
    ...(include.includes("embeddings") && { embeddings: records.map(({ embedding }) => [...embedding!]) }),
    ...(include.includes("distances") && { distances: records.map(({ distance }) => distance!) }),
  };
}

/** The answer to several queries: each part a list of lists. */
export type Matrix = { readonly [K in keyof Columns]: Columns[K][] };

export function matrixOf(answers: readonly Columns[], include: readonly Part[]): Matrix {
  const parts = ["ids", ...include] as const;
  return Object.fromEntries(parts.map((part) => [part, answers.map((columns) => columns[part])])) as Matrix;
}
