import { fault } from "meta-machine";
import { misfit, plainOptions } from "./plain_options.ts";
import { parseEmbeddings } from "./parse_embeddings.ts";
import type { Metadata, Scalar } from "./records.ts";
import type { Limits } from "./settings.ts";

/** What `add` is given, checked: documents, embeddings or both, one for each id. */
export interface ParsedRecords {
  readonly ids: readonly string[];
  readonly documents: readonly string[] | undefined;
  readonly metadatas: readonly (Metadata | null)[];
  readonly embeddings: readonly (readonly number[])[] | undefined;
}

const EXAMPLE =
  'for example add("texts", {ids: ["1", "2"], documents: ["milk", "bread"], metadatas: [{shop: "corner"}, null]})';
const MAX_ID_BYTES = 512;
const utf8 = new TextEncoder();

export function parseRecords(given: unknown, limits: Limits): ParsedRecords {
  const options = plainOptions("add", given, ["ids", "documents", "metadatas", "embeddings"]);
  const ids = parseIds("add", options.ids, limits.max_batch);
  const documents = listOf("documents", options.documents, ids.length)?.map((document) =>
    parseDocument(document, limits)
  );
  const metadatas = listOf("metadatas", options.metadatas, ids.length)?.map((metadata) =>
    parseMetadata(metadata, limits)
  );
  const embeddings = options.embeddings === undefined || options.embeddings === null
    ? undefined
    : parseEmbeddings("add", "embeddings", options.embeddings, limits.max_dimensions);
  if (embeddings !== undefined) sameLength("embeddings", embeddings.length, ids.length);
  if (documents === undefined && embeddings === undefined) {
    throw misfit("add", "neither documents nor embeddings were given", EXAMPLE);
  }
  return { ids, documents, metadatas: metadatas ?? ids.map(() => null), embeddings };
}

/** Ids of records: texts, none twice. */
export function parseIds(method: string, given: unknown, most: number): readonly string[] {
  if (!Array.isArray(given) || given.length === 0) throw misfit(method, "ids is no list of at least one id", EXAMPLE);
  if (given.length > most) {
    throw fault("too_large", `Cannot call ${method}: ${given.length} ids at once`, {
      hint: `at most ${most} (max_batch in the config of this service): call it several times`,
    });
  }
  const seen = new Set<string>();
  for (const id of given) {
    if (typeof id !== "string" || id === "" || utf8.encode(id).length > MAX_ID_BYTES || id.includes("\0")) {
      throw misfit(method, "an id is no text, is empty or is too long", `pass texts of 1 to ${MAX_ID_BYTES} bytes`);
    }
    if (seen.has(id)) throw misfit(method, `id '${id}' is there twice`, "pass each id once");
    seen.add(id);
  }
  return given;
}

function parseDocument(given: unknown, { max_document_bytes }: Limits): string {
  if (typeof given !== "string" || given.includes("\0")) {
    throw misfit(
      "add",
      "a document is no text, or has a NUL in it",
      `a text for each id, or no documents at all; ${EXAMPLE}`,
    );
  }
  const bytes = utf8.encode(given).length;
  if (bytes <= max_document_bytes) return given;
  throw fault("too_large", `Cannot call add: a document has ${bytes} bytes`, {
    hint: `at most ${max_document_bytes} (max_document_bytes in the config of this service): cut it into parts`,
  });
}

/** Metadata of a record or a collection; a key whose value is null is left out, and an empty map is none. */
export function parseMetadata(given: unknown, { max_metadata_bytes }: Limits, method = "add"): Metadata | null {
  if (given === null || given === undefined) return null;
  if (typeof given !== "object" || Array.isArray(given)) {
    throw misfit(
      method,
      "metadata is no map",
      'pass texts, numbers and booleans by name: {shop: "corner", year: 2024}',
    );
  }
  const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  for (const [key, value] of entries) {
    // Chroma keeps its own under such names.
    if (!/^[^$#\0]/.test(key) || key.startsWith("chroma:") || key.includes("\0")) {
      throw misfit(method, `metadata has the key '${key}'`, "keys do not begin with '$', '#' or 'chroma:'");
    }
    if (!isScalar(value)) {
      throw misfit(
        method,
        `metadata '${key}' is no text, boolean, or number that stays the same`,
        "keep lists and maps as JSON text",
      );
    }
  }
  if (entries.length === 0) return null;
  const metadata = Object.fromEntries(entries) as Metadata;
  const bytes = utf8.encode(JSON.stringify(metadata)).length;
  if (bytes <= max_metadata_bytes) return metadata;
  throw fault("too_large", `Cannot call ${method}: the metadata of one record has ${bytes} bytes as JSON`, {
    hint: `at most ${max_metadata_bytes} (max_metadata_bytes in the config of this service)`,
  });
}

function isScalar(value: unknown): value is Scalar {
  return (typeof value === "string" && !value.includes("\0")) || typeof value === "boolean" ||
    // Beyond this a whole number comes back as another one.
    (typeof value === "number" && (!Number.isInteger(value) || Number.isSafeInteger(value)));
}

function listOf(at: string, given: unknown, wanted: number): readonly unknown[] | undefined {
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given)) throw misfit("add", `${at} is no list`, EXAMPLE);
  sameLength(at, given.length, wanted);
  return given;
}

function sameLength(at: string, found: number, wanted: number): void {
  if (found !== wanted) {
    throw misfit("add", `${wanted} ids and ${found} ${at}`, `pass one of each for each id; ${EXAMPLE}`);
  }
}
