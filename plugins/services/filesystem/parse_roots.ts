import { parsePath } from "./parse_path.ts";

/** A folder of the home that a caller may reach. */
export interface Root {
  readonly path: string;
  readonly mode: "r" | "rw";
}

/** `roots: {API: [{path, mode}]}` of the config. Throws on anything else, so that a slip in the file never grants. */
export function parseRoots(given: unknown): ReadonlyMap<string, readonly Root[]> {
  if (given === undefined || given === null) return new Map();
  if (typeof given !== "object" || Array.isArray(given)) throw misfit("", "a map of API to [{path, mode}]", given);
  return new Map(
    Object.entries(given).map(([api, list]) => {
      if (!Array.isArray(list)) throw misfit(`.${api}`, "a list of {path, mode}", list);
      return [api, list.map((entry, index) => parseRoot(entry, `.${api}[${index}]`))];
    }),
  );
}

function parseRoot(entry: unknown, at: string): Root {
  if (typeof entry !== "object" || entry === null) throw misfit(at, "{path, mode}", entry);
  const { path, mode = "r", ...rest } = entry as Record<string, unknown>;
  if (mode !== "r" && mode !== "rw") throw misfit(`${at}.mode`, "r or rw", mode);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw misfit(at, "{path, mode}", unknown);
  return { path: parsePath(path, `read roots${at}.path of the config`), mode };
}

function misfit(at: string, wanted: string, found: unknown): Error {
  return new TypeError(`roots${at} is ${JSON.stringify(found)}; allowed: ${wanted}`);
}
