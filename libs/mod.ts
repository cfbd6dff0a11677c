// made by deno task vendor; the imports are literal, so that a compiled binary carries the files

/** The source text of each package that `grants.packages` may name. */
export const LIBRARIES: Readonly<Record<string, () => Promise<string>>> = {
  "@cfworker/json-schema": async () => (await import("./cfworker_json_schema.mjs", { with: { type: "text" } })).default,
  "kysely": async () => (await import("./kysely.mjs", { with: { type: "text" } })).default,
  "yaml": async () => (await import("./yaml.mjs", { with: { type: "text" } })).default,
  "zod": async () => (await import("./zod.mjs", { with: { type: "text" } })).default,
};

/** The version of each package in {@linkcode LIBRARIES}. */
export const LIBRARY_VERSIONS: Readonly<Record<string, string>> = {
  "@cfworker/json-schema": "4.1.6",
  "kysely": "0.29.9",
  "yaml": "2.9.1",
  "zod": "4.6.7",
};

/** The source text of the Worker bootstrap. */
export const GUEST: () => Promise<string> = async () => (await import("./guest.mjs", { with: { type: "text" } })).default;
