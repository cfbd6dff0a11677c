/** Which tables of others a caller may use, in lower case. */
export interface SharedTables {
  readonly read: ReadonlySet<string>;
  readonly write: ReadonlySet<string>;
}
export type AccessMap = ReadonlyMap<string, SharedTables>;

/** `access: {API: {read: [table], write: [table]}}` of the config. Throws on anything else, so that a slip in the file never grants. */
export function parseAccess(given: unknown): AccessMap {
  return new Map(
    Object.entries(mapAt(given ?? {}, "access")).map(([api, tables]) => {
      const { read, write, ...rest } = mapAt(tables, `access.${api}`);
      const [unknown] = Object.keys(rest);
      if (unknown !== undefined) throw misfit(`access.${api}`, "read and write", unknown);
      return [api, { read: tableSet(read, `access.${api}.read`), write: tableSet(write, `access.${api}.write`) }];
    }),
  );
}

/** Table names differ without regard to ASCII case, as in SQLite. */
export function foldName(table: string): string {
  return table.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function tableSet(given: unknown, at: string): ReadonlySet<string> {
  if (given === undefined) return new Set();
  if (!Array.isArray(given) || !given.every((table) => typeof table === "string")) {
    throw misfit(at, "a list of table names", given);
  }
  return new Set(given.map(foldName));
}

function mapAt(given: unknown, at: string): Record<string, unknown> {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw misfit(at, "a map", given);
}

function misfit(at: string, wanted: string, found: unknown): Error {
  return new TypeError(`${at} is ${JSON.stringify(found)}; allowed: ${wanted}`);
}
