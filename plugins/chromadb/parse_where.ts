import type { Scalar, Where, WhereDocument } from "./records.ts";
import { misfit } from "./plain_options.ts";

/** Conditions inside conditions, and conditions side by side: a filter is tried on each record. */
const MAX_DEPTH = 8;
const MAX_PARTS = 100;

const EXAMPLE = 'for example {kind: "note"}, {year: {$gte: 2024}}, {kind: {$in: ["note", "mail"]}} or ' +
  '{$and: [{kind: "note"}, {year: {$ne: 2023}}]}';
const DOCUMENT_EXAMPLE =
  'for example {$contains: "milk"}, {$not_contains: "milk"} or {$and: [{$contains: "a"}, {$contains: "b"}]}';

/** `where` as Chroma writes it. Refuses what a Chroma server refuses, so that both stores take the same. */
export function parseWhere(method: string, given: unknown, depth = 0): Where {
  const [key, value] = onlyEntry(method, "where", given, EXAMPLE, depth);
  if (key === "$and" || key === "$or") {
    return {
      kind: key,
      parts: partsOf(method, "where", key, value, EXAMPLE).map((part) => parseWhere(method, part, depth + 1)),
    };
  }
  if (key.startsWith("$")) throw misfit(method, `where has '${key}', which is no condition`, EXAMPLE);
  if (isScalar(value)) return { kind: "$eq", key, value };
  const [kind, operand] = onlyEntry(method, `where.${key}`, value, EXAMPLE, depth);
  switch (kind) {
    case "$eq":
    case "$ne":
      if (isScalar(operand)) return { kind, key, value: operand };
      throw misfit(method, `where.${key}.${kind} is no text, number or boolean`, EXAMPLE);
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      if (typeof operand === "number") return { kind, key, value: operand };
      throw misfit(method, `where.${key}.${kind} is no number`, "only numbers are compared by size");
    case "$in":
    case "$nin":
      if (isUniform(operand)) return { kind, key, values: operand };
      throw misfit(
        method,
        `where.${key}.${kind} is no list of 1 to ${MAX_PARTS} texts, numbers or booleans of one kind`,
        EXAMPLE,
      );
  }
  throw misfit(
    method,
    `where.${key} has '${kind}', which is no comparison`,
    "known: $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin",
  );
}

/** `whereDocument` as Chroma writes it. */
export function parseWhereDocument(method: string, given: unknown, depth = 0): WhereDocument {
  const [kind, value] = onlyEntry(method, "whereDocument", given, DOCUMENT_EXAMPLE, depth);
  switch (kind) {
    case "$and":
    case "$or":
      return {
        kind,
        parts: partsOf(method, "whereDocument", kind, value, DOCUMENT_EXAMPLE).map((part) =>
          parseWhereDocument(method, part, depth + 1)
        ),
      };
    case "$contains":
    case "$not_contains":
      if (typeof value === "string" && value !== "") return { kind, text: value };
      throw misfit(method, `whereDocument.${kind} is no text, or an empty one`, DOCUMENT_EXAMPLE);
  }
  throw misfit(method, `whereDocument has '${kind}', which is no condition`, DOCUMENT_EXAMPLE);
}

function onlyEntry(method: string, at: string, given: unknown, example: string, depth: number): [string, unknown] {
  if (depth > MAX_DEPTH) throw misfit(method, `${at} is nested more than ${MAX_DEPTH} deep`, "nest less");
  const entries = typeof given === "object" && given !== null && !Array.isArray(given) ? Object.entries(given) : [];
  if (entries.length === 1) return entries[0]!;
  throw misfit(method, `${at} is no map of exactly one condition`, `join several by $and; ${example}`);
}

function partsOf(method: string, at: string, key: string, given: unknown, example: string): readonly unknown[] {
  if (Array.isArray(given) && given.length >= 2 && given.length <= MAX_PARTS) return given;
  throw misfit(method, `${at}.${key} is no list of 2 to ${MAX_PARTS} conditions`, example);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isUniform(given: unknown): given is readonly Scalar[] {
  return Array.isArray(given) && given.length > 0 && given.length <= MAX_PARTS &&
    given.every((value) => isScalar(value) && typeof value === typeof given[0]);
}
