/** The files of a new module: one that uses what a module has (its config, a granted service, a tool), and tests of it. */

export interface Wanted {
  /** The module's api and prog: `notes`, `services/notes`. */
  readonly name: string;
  /** One file of TypeScript or JavaScript, or a folder with `mod.ts`. */
  readonly shape: "ts" | "js" | "folder";
}

/** Path in a home → text, in the order in which they should be written: a running host loads the module when its config is there. */
export function moduleFiles({ name, shape }: Wanted): ReadonlyMap<string, string> {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const table = `${name.replaceAll(/[^A-Za-z0-9]/g, "_").toLowerCase()}_texts`;
  const end = shape === "folder" ? "/mod.ts" : `.${shape}`;
  const source = `plugins/${name}${end}`;
  const files = new Map<string, string>();
  if (shape === "js") files.set(`plugins/${name}_test.js`, testJs(table));
  else files.set(`plugins/${name}_test.ts`, testTs(`./${last}${end}`, table));
  files.set(source, shape === "js" ? moduleJs(table) : moduleTs(table));
  files.set(`configs/${name}.yml`, config(source));
  return files;
}

function moduleTs(table: string): string {
  return `import { type Config, type Kernel, type ModuleHandle, tool } from "meta-machine";

/** What is used of the service \`database\`. */
interface Database {
  execute(sql: string, params?: unknown[]): unknown;
  query(sql: string, params?: unknown[]): { text: string }[];
}

export class Module {
  #database: ModuleHandle<Database>;

  constructor(kernel: Kernel, private config: Config) {
    this.#database = kernel.getApi<Database>("database");
  }

  /** Keeps a text and gives the latest ones. */
  async add(text: string): Promise<string[]> {
    await this.#database.execute("${create(table)}");
    await this.#database.execute("insert into ${table} (text) values (?)", [text]);
    return await this.latest();
  }

  async latest(): Promise<string[]> {
    const shown = this.config.get("shown", 5);
    const rows = await this.#database.query("select text from ${table} order by id desc limit ?", [shown]);
    return rows.map(({ text }) => text);
  }

  getAspect(name: string): unknown {
    if (name === "default") return this;
    if (name !== "tool") throw new Error(\`Aspect '\${name}' not found.\`);
    return {
      add: tool<{ text: string }>({
        description: "Keeps a text and gives the latest ones.",
${PARAMS}
        run: ({ text }) => this.add(text),
        destructive: false,
      }),
    };
  }
}
`;
}

function moduleJs(table: string): string {
  return `import { tool } from "meta-machine";

export class Module {
  #database;
  #config;

  constructor(kernel, config) {
    this.#database = kernel.getApi("database");
    this.#config = config;
  }

  /** Keeps a text and gives the latest ones. */
  async add(text) {
    await this.#database.execute("${create(table)}");
    await this.#database.execute("insert into ${table} (text) values (?)", [text]);
    return await this.latest();
  }

  async latest() {
    const shown = this.#config.get("shown", 5);
    const rows = await this.#database.query("select text from ${table} order by id desc limit ?", [shown]);
    return rows.map(({ text }) => text);
  }

  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error(\`Aspect '\${name}' not found.\`);
    return {
      add: tool({
        description: "Keeps a text and gives the latest ones.",
${PARAMS}
        run: ({ text }) => this.add(text),
        destructive: false,
      }),
    };
  }
}
`;
}

const PARAMS = `        params: {
          type: "object",
          properties: { text: { type: "string", minLength: 1 } },
          required: ["text"],
          additionalProperties: false,
        },`;

function create(table: string): string {
  return `create table if not exists ${table} (id integer primary key, text text)`;
}

function testTs(module: string, table: string): string {
  return `import assert from "node:assert/strict";
import { scripted, test } from "meta-machine/testing";
import type { Module } from "${module}";

${testBody("<Module>", table)}`;
}

function testJs(table: string): string {
  return `import assert from "node:assert/strict";
import { scripted, test } from "meta-machine/testing";

${testBody("", table)}`;
}

function testBody(type: string, table: string): string {
  return `// Stands in for the service that the config grants; each test sees the calls of its own.
const services = scripted({
  database: {
    execute: () => ({ changes: 1 }),
    query: () => [{ text: "milk" }, { text: "bread" }],
  },
});

test${type}("add keeps the text and gives the latest ones", { services }, async ({ module }) => {
  assert.deepEqual(await module.add("milk"), ["milk", "bread"]);
  assert.deepEqual(services.calls("database", "execute").at(-1), [
    "insert into ${table} (text) values (?)",
    ["milk"],
  ]);
});

test${type}("the tool refuses params without a text", { services }, async ({ tool }) => {
  await assert.rejects(tool("add", {}), /"text" is missing/);
  assert.equal(services.calls("database").length, 0);
});

test${type}("latest shows as many as the config says", { services, config: { shown: 2 } }, async ({ module }) => {
  await module.latest();
  assert.deepEqual(services.calls("database", "query")[0]?.[1], [2]);
});
`;
}

function config(source: string): string {
  return `# What ${source} may do, and its own settings. Without a grant a module has nothing.
grants:
  services: [database] # or only some methods: [{api: database, methods: [query]}]
# limits: {memory_mb: 128, call_timeout_ms: 30000}

shown: 5 # every other key is the module's own: config.get("shown", 5)
`;
}
