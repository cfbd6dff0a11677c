import type { Metadata, Scalar, Where, WhereDocument } from "./records.ts";

/** Whether a record's metadata meets a condition, by Chroma's rules: a number is never equal to a text or a boolean. */
export function matchesWhere(metadata: Metadata | null, where: Where): boolean {
  switch (where.kind) {
    case "$and":
      return where.parts.every((part) => matchesWhere(metadata, part));
    case "$or":
      return where.parts.some((part) => matchesWhere(metadata, part));
  }
  const found: Scalar | undefined = metadata !== null && Object.hasOwn(metadata, where.key)
    ? metadata[where.key]
    : undefined;
  switch (where.kind) {
    case "$eq":
      return found === where.value;
    case "$ne":
      return found !== where.value;
    case "$in":
      return found !== undefined && where.values.includes(found);
    case "$nin":
      return found === undefined || !where.values.includes(found);
  }
  if (typeof found !== "number") return false;
  switch (where.kind) {
    case "$gt":
      return found > where.value;
    case "$gte":
      return found >= where.value;
    case "$lt":
      return found < where.value;
    case "$lte":
      return found <= where.value;
  }
}

/** Whether a record's document meets a condition. Letters count as they are written. */
export function matchesDocument(document: string | null, where: WhereDocument): boolean {
  switch (where.kind) {
    case "$and":
      return where.parts.every((part) => matchesDocument(document, part));
    case "$or":
      return where.parts.some((part) => matchesDocument(document, part));
    case "$contains":
      return document !== null && document.includes(where.text);
    case "$not_contains":
      return document === null || !document.includes(where.text);
  }
}
