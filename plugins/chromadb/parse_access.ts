/** Collections of others that a caller may use, by their full names. */
export interface LentCollections {
  readonly read: ReadonlySet<string>;
  readonly write: ReadonlySet<string>;
}
export type AccessMap = ReadonlyMap<string, LentCollections>;

/** `access: {API: {read: [collection], write: [collection]}}` of the config. Throws on anything else, so that a slip in the file never grants. */
export function parseAccess(given: unknown): AccessMap {
  return new Map(
    Object.entries(mapAt(given ?? {}, "access")).map(([api, lent]) => {
      const { read, write, ...rest } = mapAt(lent, `access.${api}`);
      const [unknown] = Object.keys(rest);
      if (unknown !== undefined) throw misfit(`access.${api}`, "read and write", unknown);
      return [api, { read: namesAt(read, `access.${api}.read`), write: namesAt(write, `access.${api}.write`) }];
    }),
  );
}

function namesAt(given: unknown, at: string): ReadonlySet<string> {
  if (given === undefined) return new Set();
  if (!Array.isArray(given) || !given.every((name) => typeof name === "string")) {
    throw misfit(at, "a list of collections, such as notes.texts", given);
  }
  return new Set(given);
}

function mapAt(given: unknown, at: string): Record<string, unknown> {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw misfit(at, "a map", given);
}

function misfit(at: string, wanted: string, found: unknown): Error {
  return new TypeError(`${at} is ${JSON.stringify(found)}; allowed: ${wanted}`);
}
