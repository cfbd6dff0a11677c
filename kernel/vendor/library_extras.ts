/** What one library needs beyond its own files. */
export interface LibraryExtras {
  /** The text that is bundled, instead of the package's main file alone. */
  readonly entry?: string;
  /** Stands before the library's own code. */
  readonly intro?: string;
  /** Node's builtins that it may import, as `lib:node:…`: a module that is granted the library needs a grant for each too. */
  readonly builtins?: readonly string[];
  /** Texts in the place of builtins and packages that are not there. */
  readonly replaced?: Readonly<Record<string, string>>;
}

const NOTHING = "export default {};\n";

/** The libraries that need something; all others are bundled as they are. */
export const LIBRARY_EXTRAS: Readonly<Record<string, LibraryExtras>> = {
  chromadb: {
    // It hands a field of its own to Request, which Deno refuses where the code is no npm package's.
    intro: "const Request = class extends globalThis.Request {\n" +
      "  constructor(input, { client, ...init } = {}) { super(input, init); }\n" +
      "};\n",
    replaced: {
      // It looks for settings of a process, of which a module sees none. Embeddings are made by whoever calls it.
      "node:process": "export const env = {};\n",
      "@chroma-core/default-embed": NOTHING,
    },
  },
  // Kysely's second door shares its classes with the first.
  kysely: { entry: `export * from "kysely";\nexport * from "kysely/migration";\n` },
  // Its default validator is this one already; named, a module can say so.
  "@modelcontextprotocol/client": {
    entry: `export * from "@modelcontextprotocol/client";
export { CfWorkerJsonSchemaValidator } from "@modelcontextprotocol/client/validators/cf-worker";
`,
  },
  pg: {
    // It reads settings of the process, of which a module sees nothing, and Node's names, of which a module has none.
    intro: 'import { Buffer } from "lib:node:buffer";\n' +
      'const process = { env: {}, platform: "linux", version: "", versions: {}, argv: [], emitWarning() {}, ' +
      "nextTick: (act, ...args) => queueMicrotask(() => act(...args)) };\n" +
      "const global = globalThis;\n",
    builtins: [
      "node:events",
      "node:util",
      "node:net",
      "node:tls",
      "node:crypto",
      "node:dns",
      "node:stream",
      "node:buffer",
    ],
    replaced: {
      // Passwords come from secrets and never from a file; the native driver and another runtime's sockets are not there.
      ...Object.fromEntries(
        ["fs", "path", "string_decoder", "pg-native", "pg-cloudflare", "pgpass"].map((name) => [name, NOTHING]),
      ),
      "util/types": 'import { types } from "node:util";\nexport default types;\n',
    },
  },
};
