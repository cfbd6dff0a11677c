/** What `get`, `delete`, `query` and `get_or_create_collection` are given, checked. */
import { fault } from "meta-machine";
import { parseEmbeddings } from "./parse_embeddings.ts";
import { parseIds, parseMetadata } from "./parse_records.ts";
import { parseWhere, parseWhereDocument } from "./parse_where.ts";
import { misfit, plainOptions } from "./plain_options.ts";
import type { Metadata, Part, Selection, Space } from "./records.ts";
import type { Limits } from "./settings.ts";

export interface Shape {
  readonly metadata: Metadata | null;
  /** Undefined where the caller does not mind. */
  readonly space: Space | undefined;
}

export function parseShape(given: unknown, limits: Limits): Shape {
  const method = "get_or_create_collection";
  const { metadata, space } = plainOptions(method, given, ["metadata", "space"]);
  if (space !== undefined && space !== null && space !== "l2" && space !== "cosine" && space !== "ip") {
    throw misfit(method, "that is no space", "l2 (the default), cosine, ip");
  }
  return { metadata: parseMetadata(metadata, limits, method), space: space ?? undefined };
}

export interface GetQuestion extends Selection {
  readonly limit: number;
  readonly offset: number;
  readonly include: readonly Part[];
}

export function parseGet(given: unknown, limits: Limits): GetQuestion {
  const options = plainOptions("get", given, ["ids", "where", "whereDocument", "limit", "offset", "include"]);
  return {
    ...selectionOf("get", options, limits),
    limit: count("get", "limit", options.limit ?? Math.min(100, limits.max_results), limits.max_results),
    offset: options.offset === undefined || options.offset === 0 ? 0 : count("get", "offset", options.offset, 2 ** 31),
    include: parseInclude("get", options.include, ["documents", "metadatas"], ["documents", "metadatas", "embeddings"]),
  };
}

/** Something must be said: to take away all of a collection there is `delete_collection`. */
export function parseDelete(given: unknown, limits: Limits): Selection {
  const selection = selectionOf("delete", plainOptions("delete", given, ["ids", "where", "whereDocument"]), limits);
  if (Object.keys(selection).length > 0) return selection;
  throw misfit(
    "delete",
    "neither ids nor a condition was given",
    'say which: delete("texts", {ids: ["1"]}); all go with delete_collection',
  );
}

export interface NearQuestion extends Selection {
  readonly queries:
    | { readonly kind: "texts"; readonly texts: readonly string[] }
    | { readonly kind: "vectors"; readonly vectors: readonly (readonly number[])[] };
  readonly nResults: number;
  readonly include: readonly Part[];
}

export function parseQuery(given: unknown, limits: Limits): NearQuestion {
  const known = ["queryTexts", "queryEmbeddings", "nResults", "where", "whereDocument", "include"] as const;
  const options = plainOptions("query", given, known);
  return {
    queries: parseQueries(options.queryTexts ?? undefined, options.queryEmbeddings ?? undefined, limits),
    ...selectionOf("query", options, limits),
    nResults: count("query", "nResults", options.nResults ?? Math.min(10, limits.max_results), limits.max_results),
    include: parseInclude("query", options.include, ["documents", "metadatas", "distances"], [
      ...["documents", "metadatas", "embeddings", "distances"] as const,
    ]),
  };
}

function parseQueries(texts: unknown, vectors: unknown, limits: Limits): NearQuestion["queries"] {
  const example = 'query("texts", {queryTexts: ["fresh bread"], nResults: 3})';
  if ((texts === undefined) === (vectors === undefined)) {
    throw misfit(
      "query",
      `${texts === undefined ? "neither" : "both"} queryTexts and queryEmbeddings were given`,
      `pass one; ${example}`,
    );
  }
  const given = texts ?? vectors;
  if (!Array.isArray(given) || given.length === 0) throw misfit("query", "it asks for nothing", example);
  if (given.length > limits.max_queries) {
    throw fault("too_large", `Cannot call query: ${given.length} queries at once`, {
      hint: `at most ${limits.max_queries} (max_queries in the config of this service)`,
    });
  }
  if (texts === undefined) {
    return { kind: "vectors", vectors: parseEmbeddings("query", "queryEmbeddings", given, limits.max_dimensions) };
  }
  for (const text of given) {
    if (typeof text !== "string" || text === "") {
      throw misfit("query", "queryTexts has what is no text, or empty", example);
    }
    if (text.length <= limits.max_document_bytes) continue;
    throw fault("too_large", `Cannot call query: a text has ${text.length} characters`, {
      hint: `at most ${limits.max_document_bytes} (max_document_bytes in the config of this service)`,
    });
  }
  return { kind: "texts", texts: given };
}

function selectionOf(
  method: string,
  { ids, where, whereDocument }: { readonly ids?: unknown; readonly where?: unknown; readonly whereDocument?: unknown },
  { max_batch }: Limits,
): Selection {
  const said = (value: unknown): boolean => value !== undefined && value !== null;
  return {
    ...(said(ids) && { ids: parseIds(method, ids, max_batch) }),
    ...(said(where) && { where: parseWhere(method, where) }),
    ...(said(whereDocument) && { whereDocument: parseWhereDocument(method, whereDocument) }),
  };
}

function count(method: string, at: string, given: unknown, most: number): number {
  if (Number.isInteger(given) && Number(given) > 0 && Number(given) <= most) return Number(given);
  throw misfit(method, `${at} is ${String(given).slice(0, 40)}`, `a whole number from 1 to ${most}`);
}

function parseInclude(
  method: string,
  given: unknown,
  fallback: readonly Part[],
  known: readonly Part[],
): readonly Part[] {
  if (given === undefined || given === null) return fallback;
  if (Array.isArray(given) && given.every((part) => known.includes(part))) {
    return known.filter((part) => given.includes(part));
  }
  throw misfit(method, "include is no list of what an answer can have", `of ${known.join(", ")}; ids are always there`);
}
