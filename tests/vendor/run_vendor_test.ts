import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runVendor } from "../../kernel/vendor/mod.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** A repository elsewhere that holds one copied package, the lock and a small Worker bootstrap. */
async function withRepository(use: (root: string, run: typeof runIn) => Promise<void>) {
  const root = await Deno.makeTempDir();
  try {
    const packages = join(root, "node_modules/@cfworker/json-schema");
    await copyFolder(await Deno.realPath(join(REPOSITORY, "node_modules/@cfworker/json-schema")), packages);
    await Deno.copyFile(join(REPOSITORY, "deno.lock"), join(root, "deno.lock"));
    await Deno.mkdir(join(root, "kernel/guest/worker"), { recursive: true });
    await writeGuest(
      root,
      `import { b } from "./b.ts"; import "node:module"; export class A { constructor(public c = b) {} }`,
    );
    await Deno.writeTextFile(join(root, "kernel/guest/worker/b.ts"), "export const b: number = 41;\n");
    await use(root, runIn);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function runIn(root: string, ...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runVendor(args, root, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

const writeGuest = (root: string, text: string) => Deno.writeTextFile(join(root, "kernel/guest/worker/main.ts"), text);

async function copyFolder(from: string, to: string) {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}

const CFWORKER = "@cfworker/json-schema";

Deno.test("runVendor makes the same bytes of a package wherever the repository lies", async () => {
  await withRepository(async (root, run) => {
    assert.deepEqual((await run(root, CFWORKER)).err, []);
    const here = await Deno.readTextFile(join(root, "libs/cfworker_json_schema.mjs"));
    assert.equal(here, await Deno.readTextFile(join(REPOSITORY, "libs/cfworker_json_schema.mjs")));
    assert.match((await run(root, CFWORKER)).out[0]!, /^libs\/cfworker_json_schema\.mjs: unchanged, /);
  });
});

Deno.test("runVendor refuses a package whose version is not the one in deno.lock", async () => {
  await withRepository(async (root, run) => {
    const manifest = join(root, "node_modules", CFWORKER, "package.json");
    const text = await Deno.readTextFile(manifest);
    await Deno.writeTextFile(manifest, text.replace(/"version": "[^"]*"/, `"version": "9.9.9"`));
    const { code, err } = await run(root, CFWORKER);
    assert.equal(code, 1);
    assert.deepEqual(err, [
      "deno.lock does not hold @cfworker/json-schema@9.9.9, which node_modules does: run deno install",
    ]);
  });
});

Deno.test("runVendor makes the guest without types and with node: imports only", async () => {
  await withRepository(async (root, run) => {
    const { code, out } = await run(root, "guest");
    assert.equal(code, 0);
    assert.match(out[0]!, /^libs\/guest\.mjs: written, 1 kB, \d+ ms$/);
    const text = await Deno.readTextFile(join(root, "libs/guest.mjs"));
    assert.match(
      text,
      /^\/\/ kernel\/guest\/worker\/main\.ts \(made by deno task vendor guest\)\nimport 'node:module';\n/,
    );
    assert.match(text, /const b = 41;/);
    assert.doesNotMatch(text, /public|sourceMappingURL/);
  });
});

Deno.test("runVendor makes the cell in ASCII and without the lexer", async () => {
  await withRepository(async (root, run) => {
    await Deno.mkdir(join(root, "kernel/roles"));
    await Deno.writeTextFile(
      join(root, "kernel/roles/cell.ts"),
      'export const text = "…";\nexport const look = async () => (await import("es-module-lexer")).parse(text);\n',
    );
    assert.equal((await run(root, "cell")).code, 0);
    const file = join(root, "libs/cell.mjs");
    // deno-lint-ignore no-control-regex
    assert.match(await Deno.readTextFile(file), /^[\x00-\x7f]*$/);
    const { text, look } = await import(`file://${file}`);
    assert.equal(text, "…");
    assert.deepEqual(await look(), [[]]);
  });
});

Deno.test("runVendor refuses a guest that imports a package, and keeps the former file", async () => {
  await withRepository(async (root, run) => {
    await run(root, "guest");
    const former = await Deno.readTextFile(join(root, "libs/guest.mjs"));
    await writeGuest(root, `import "@std/path";`);
    const { code, err } = await run(root, "guest");
    assert.equal(code, 1);
    assert.match(
      err[0]!,
      /main\.ts imports '@std\/path': it may import relative files and node: builtins only/,
    );
    assert.equal(await Deno.readTextFile(join(root, "libs/guest.mjs")), former);
  });
});

Deno.test("runVendor says that the guest is skipped while its source does not exist", async () => {
  await withRepository(async (root, run) => {
    await Deno.remove(join(root, "kernel/guest/worker/main.ts"));
    const skipped = "libs/guest.mjs: skipped, kernel/guest/worker/main.ts does not exist";
    assert.deepEqual(await run(root, "guest"), { code: 0, out: [], err: [skipped] });
  });
});

Deno.test("runVendor --check is silent while libs is fresh and names what is stale and what mends it", async () => {
  await withRepository(async (root, run) => {
    await run(root, "guest", CFWORKER);
    assert.deepEqual(await run(root, "--check", "guest", CFWORKER), { code: 0, out: [], err: [] });
    await Deno.writeTextFile(join(root, "kernel/guest/worker/b.ts"), "export const b = 42;\n");
    const mend = "libs/ is stale: run deno task vendor, and remove the files called unknown";
    assert.deepEqual(await run(root, "--check", "guest"), { code: 1, out: [], err: ["libs/guest.mjs: differs", mend] });
    for (const file of ["guest.mjs", "cfworker_json_schema.mjs"]) await Deno.remove(join(root, "libs", file));
    await Deno.writeTextFile(join(root, "libs/old.mjs"), "");
    assert.deepEqual((await run(root, "--check")).err, [
      "libs/cfworker_json_schema.mjs: missing",
      "libs/modelcontextprotocol_client.mjs: missing",
      "libs/modelcontextprotocol_server.mjs: missing",
      "libs/kysely.mjs: missing",
      "libs/pg.mjs: missing",
      "libs/yaml.mjs: missing",
      "libs/zod.mjs: missing",
      "libs/mod.ts: missing",
      "libs/guest.mjs: missing",
      "libs/old.mjs: unknown",
      mend,
    ]);
  });
});

Deno.test("runVendor refuses a name that it does not know, and lists those it does", async () => {
  const { code, err } = await runIn(REPOSITORY, "leftpad");
  assert.equal(code, 1);
  assert.equal(
    err.at(-1),
    "Cannot vendor leftpad: pass guest, cell, author, meta-machine/kysely, meta-machine/mcp, mod.ts, @cfworker/json-schema, @modelcontextprotocol/client, @modelcontextprotocol/server, kysely, pg, yaml, zod or nothing for all",
  );
});
