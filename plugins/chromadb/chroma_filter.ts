import type { ChromaSelection } from "./chroma_library.ts";
import type { Scalar, Selection, Where, WhereDocument } from "./records.ts";

/** A selection in the words of a Chroma server. */
export function chromaFilter({ ids, where, whereDocument }: Selection): ChromaSelection {
  return {
    ...(ids && { ids: [...ids] }),
    ...(where && { where: whereJson(where) }),
    ...(whereDocument && { whereDocument: documentJson(whereDocument) }),
  };
}

function whereJson(where: Where): Record<string, unknown> {
  switch (where.kind) {
    case "$and":
    case "$or":
      return { [where.kind]: where.parts.map(whereJson) };
    case "$in":
    case "$nin": {
      const { key, kind, values } = where;
      if (!isMixed(values)) return { [key]: { [kind]: values } };
      // To the server whole and broken numbers are of two kinds, and a list has one.
      const one = kind === "$in" ? "$eq" : "$ne";
      return { [kind === "$in" ? "$or" : "$and"]: values.map((value) => ({ [key]: { [one]: value } })) };
    }
    default:
      return { [where.key]: { [where.kind]: where.value } };
  }
}

function documentJson(where: WhereDocument): Record<string, unknown> {
  switch (where.kind) {
    case "$and":
    case "$or":
      return { [where.kind]: where.parts.map(documentJson) };
    default:
      return { [where.kind]: where.text };
  }
}

function isMixed(values: readonly Scalar[]): boolean {
  return values.some((value) => Number.isInteger(value)) && !values.every((value) => Number.isInteger(value)) &&
    values.every((value) => typeof value === "number");
}
