/** The packages that a config's `grants.packages` may name; each becomes one file of `libs/`. */
export const LIBRARY_NAMES = [
  "@cfworker/json-schema",
  "@modelcontextprotocol/client",
  "@modelcontextprotocol/server",
  "chromadb",
  "hono",
  "kysely",
  "openai",
  "pg",
  "yaml",
  "zod",
] as const;

/** The name of one of {@linkcode LIBRARY_NAMES}. */
export type LibraryName = typeof LIBRARY_NAMES[number];

/** True for a name that can be granted. */
export function isLibraryName(name: string): name is LibraryName {
  return LIBRARY_NAMES.some((known) => known === name);
}

/** The file below `libs/` that holds a package: `@cfworker/json-schema` is in `cfworker_json_schema.mjs`. */
export function libraryFile(name: string): string {
  return `${name.replace(/^@/, "").replaceAll(/[^A-Za-z0-9]+/g, "_")}.mjs`;
}
