// made by deno task vendor; read when needed: an import would load every text into every process

/** The source text of each package that `grants.packages` may name. */
export const LIBRARIES: Readonly<Record<string, () => Promise<string>>> = {
  "@cfworker/json-schema": () => Deno.readTextFile(new URL("./cfworker_json_schema.mjs", import.meta.url)),
  "@modelcontextprotocol/client": () => Deno.readTextFile(new URL("./modelcontextprotocol_client.mjs", import.meta.url)),
  "@modelcontextprotocol/server": () => Deno.readTextFile(new URL("./modelcontextprotocol_server.mjs", import.meta.url)),
  "chromadb": () => Deno.readTextFile(new URL("./chromadb.mjs", import.meta.url)),
  "hono": () => Deno.readTextFile(new URL("./hono.mjs", import.meta.url)),
  "kysely": () => Deno.readTextFile(new URL("./kysely.mjs", import.meta.url)),
  "openai": () => Deno.readTextFile(new URL("./openai.mjs", import.meta.url)),
  "pg": () => Deno.readTextFile(new URL("./pg.mjs", import.meta.url)),
  "yaml": () => Deno.readTextFile(new URL("./yaml.mjs", import.meta.url)),
  "zod": () => Deno.readTextFile(new URL("./zod.mjs", import.meta.url)),
};

/** The version of each package in {@linkcode LIBRARIES}. */
export const LIBRARY_VERSIONS: Readonly<Record<string, string>> = {
  "@cfworker/json-schema": "4.1.6",
  "@modelcontextprotocol/client": "2.4.0",
  "@modelcontextprotocol/server": "2.4.0",
  "chromadb": "3.5.0",
  "hono": "4.13.19",
  "kysely": "0.29.9",
  "openai": "7.57.0",
  "pg": "8.23.1",
  "yaml": "2.9.1",
  "zod": "4.6.7",
};

/** The source text of each door that a Worker is handed, by the name it is imported by. */
export const DOOR_TEXTS: Readonly<Record<string, () => Promise<string>>> = {
  "meta-machine/kysely": () => Deno.readTextFile(new URL("./door_kysely.mjs", import.meta.url)),
  "meta-machine/bracket": () => Deno.readTextFile(new URL("./door_bracket.mjs", import.meta.url)),
  "meta-machine/mcp": () => Deno.readTextFile(new URL("./door_mcp.mjs", import.meta.url)),
};

/** The folder of what was bundled. */
export const LIBS: string = new URL("./", import.meta.url).href;

/** Where the Worker bootstrap is: the runtime remembers what it found out about a file, and reads it sooner than a text that it is handed. */
export function guestUrl(): string {
  return new URL("./guest.mjs", import.meta.url).href;
}
