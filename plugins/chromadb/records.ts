/** What a collection holds, and how it is asked for. */
export type Scalar = string | number | boolean;
export type Metadata = Readonly<Record<string, Scalar>>;
export type Space = "l2" | "cosine" | "ip";

export interface NewRecord {
  readonly id: string;
  readonly document: string | null;
  readonly metadata: Metadata | null;
  readonly embedding: readonly number[];
}

/** A record as it is read: what was not asked for is not there. */
export interface FoundRecord {
  readonly id: string;
  readonly document?: string | null;
  readonly metadata?: Metadata | null;
  readonly embedding?: readonly number[];
}

export type Hit = FoundRecord & { readonly distance: number };

export type Part = "documents" | "metadatas" | "embeddings" | "distances";

/** Which records, of all of a collection; nothing means all. */
export interface Selection {
  readonly ids?: readonly string[];
  readonly where?: Where;
  readonly whereDocument?: WhereDocument;
}

/** A condition on metadata. One on a key that a record lacks holds for `$ne` and `$nin` only. */
export type Where =
  | { readonly kind: "$and" | "$or"; readonly parts: readonly Where[] }
  | { readonly kind: "$eq" | "$ne"; readonly key: string; readonly value: Scalar }
  | { readonly kind: "$gt" | "$gte" | "$lt" | "$lte"; readonly key: string; readonly value: number }
  | { readonly kind: "$in" | "$nin"; readonly key: string; readonly values: readonly Scalar[] };

/** A condition on the document's text. A record without one meets `$not_contains` only. */
export type WhereDocument =
  | { readonly kind: "$and" | "$or"; readonly parts: readonly WhereDocument[] }
  | { readonly kind: "$contains" | "$not_contains"; readonly text: string };
