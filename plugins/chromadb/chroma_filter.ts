import type { ChromaSelection } from "./chroma_library.ts";
import type { Selection, Where, WhereDocument } from "./records.ts";

type Json = Record<string, unknown>;

/** A selection in the words of a Chroma server. */
export function chromaFilter({ ids, where, whereDocument }: Selection): ChromaSelection {
  return {
    ...(ids && { ids: [...ids] }),
    ...(where && { where: whereJson(where) }),
    ...(whereDocument && { whereDocument: documentJson(whereDocument) }),
  };
}

function whereJson(where: Where): Json {
  switch (where.kind) {
    case "$and":
    case "$or":
      return { [where.kind]: where.parts.map(whereJson) };
    case "$in":
    case "$nin": {
      const { kind, key, values } = where;
      if (!values.some(isBroken)) return { [key]: { [kind]: values } };
      const each = values.map((value) => whereJson({ kind: kind === "$in" ? "$eq" : "$ne", key, value }));
      return each.length === 1 ? each[0]! : { [kind === "$in" ? "$or" : "$and"]: each };
    }
    default:
      return isBroken(where.value)
        ? brokenJson(where.key, where.kind, where.value)
        : { [where.key]: { [where.kind]: where.value } };
  }
}

function documentJson(where: WhereDocument): Json {
  switch (where.kind) {
    case "$and":
    case "$or":
      return { [where.kind]: where.parts.map(documentJson) };
    default:
      return { [where.kind]: where.text };
  }
}

function isBroken(value: unknown): value is number {
  return typeof value === "number" && !Number.isInteger(value);
}

/**
 * A comparison with a number that is not whole. The server keeps whole numbers apart from others, and compares them with this one as if its fraction were cut off (as
 * of 1.5.9: 2 meets `{$eq: 2.5}`). A second comparison, with the whole number below or above, takes that back.
 */
function brokenJson(key: string, kind: "$eq" | "$ne" | "$gt" | "$gte" | "$lt" | "$lte", value: number): Json {
  const is = (comparison: string, operand: number): Json => ({ [key]: { [comparison]: operand } });
  const [below, above] = [Math.floor(value), Math.ceil(value)];
  switch (kind) {
    case "$eq":
      return { $and: [is("$eq", value), is("$gt", below), is("$lt", above)] };
    case "$ne":
      return { $or: [is("$ne", value), is("$eq", Math.trunc(value))] };
    case "$gt":
      return { $or: [is("$gt", value), is("$gte", above)] };
    case "$gte":
      return { $and: [is("$gte", value), is("$gt", below)] };
    case "$lt":
      return { $or: [is("$lt", value), is("$lte", below)] };
    case "$lte":
      return { $and: [is("$lte", value), is("$lt", above)] };
  }
}
