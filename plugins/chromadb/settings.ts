/** What the config says: `params: {http_mode, host, port, path, …}`, or the same keys beside `params`. */
import type { Config } from "meta-machine";

export interface Settings {
  readonly place:
    | { readonly kind: "server"; readonly host: string; readonly port: number; readonly ssl: boolean }
    /** Tables of the service `database` whose names begin so. */
    | { readonly kind: "embedded"; readonly path: string };
  /** The api whose `embed(texts)` turns texts into vectors; without one they are hashed here. */
  readonly embedder: string | undefined;
  readonly limits: Limits;
}

/** Each with the harm that it prevents. */
export interface Limits {
  /** Of one caller: each is an index in the server's memory. */
  readonly max_collections: number;
  /** In one collection: the embedded store reads all vectors of a collection for each query. */
  readonly max_records: number;
  /** In one `add`, and the ids of one `get` or `delete`: they are one statement each. */
  readonly max_batch: number;
  /** One document, as UTF-8; a page of documents has to fit into one answer. */
  readonly max_document_bytes: number;
  /** The metadata of one record, as JSON. */
  readonly max_metadata_bytes: number;
  readonly max_dimensions: number;
  /** `nResults` of a query and `limit` of a `get`: an answer is one message. */
  readonly max_results: number;
  /** Texts or vectors of one query: each is a search of its own. */
  readonly max_queries: number;
}

export function readSettings(config: Config): Settings {
  const params = config.get<unknown>("params", {});
  if (typeof params !== "object" || params === null || Array.isArray(params)) throw misfit("params", params, "a map");
  const setting = (key: string, fallback: unknown): unknown =>
    Object.hasOwn(params, key) ? (params as Record<string, unknown>)[key] : config.get(key, fallback);
  const number = (key: string, fallback: number, most: number): number => {
    const value = setting(key, fallback);
    if (Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= most) return Number(value);
    throw misfit(key, value, `a whole number from 1 to ${most}`);
  };
  const flag = (key: string): boolean => {
    const value = setting(key, false);
    if (typeof value === "boolean") return value;
    throw misfit(key, value, "true, false");
  };
  const text = (key: string, fallback: string | undefined, form: RegExp, allowed: string): string | undefined => {
    const value = setting(key, fallback);
    if (value === undefined || (typeof value === "string" && form.test(value))) return value;
    throw misfit(key, value, allowed);
  };
  return {
    place: flag("http_mode")
      ? {
        kind: "server",
        host: text("host", "127.0.0.1", /^[A-Za-z0-9.:[\]_-]+$/, "a host name or an address")!,
        port: number("port", 8_000, 65_535),
        ssl: flag("ssl"),
      }
      : {
        kind: "embedded",
        path: text("path", "chroma_data", /^[A-Za-z][A-Za-z0-9_]{0,31}$/, "a letter, then letters, digits and '_'")!,
      },
    embedder: text("embedder", undefined, /^[A-Za-z][A-Za-z0-9_/-]*$/, "the api of a module that has embed(texts)"),
    limits: {
      max_collections: number("max_collections", 100, 10_000),
      max_records: number("max_records", 100_000, 10_000_000),
      max_batch: number("max_batch", 500, 5_000),
      max_document_bytes: number("max_document_bytes", 65_536, 1_000_000),
      max_metadata_bytes: number("max_metadata_bytes", 4_096, 100_000),
      max_dimensions: number("max_dimensions", 4_096, 65_536),
      max_results: number("max_results", 1_000, 10_000),
      max_queries: number("max_queries", 32, 1_000),
    },
  };
}

function misfit(key: string, found: unknown, allowed: string): Error {
  return new TypeError(`${key} is ${JSON.stringify(found)}; allowed: ${allowed}`);
}
