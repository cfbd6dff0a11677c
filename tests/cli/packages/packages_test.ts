/** `packages list|approve|deny`, with a registry of the test's own: real downloads, archives and integrities. */
import assert from "node:assert/strict";
import { sha256Hex } from "../../../kernel/primitives/sha256.ts";
import { FOLDER, PackagesHome } from "./a_home.ts";
import { NpmRegistry } from "./npm_registry.ts";

interface Answer {
  readonly sha256: string;
  readonly file: string;
  readonly contains: Record<string, string>;
  readonly instead_of: string | null;
}

Deno.test("packages approve downloads the version, checks and bundles it with what it needs, and records it", async () => {
  await using registry = new NpmRegistry();
  await registry.publish({
    name: "@deep/tiny",
    version: "2.0.0",
    files: { "index.js": "export const tiny = 1;" },
    manifest: { type: "module" },
  });
  await registry.publish({
    ...{ name: "greet", version: "1.2.3", manifest: { type: "module", dependencies: { "@deep/tiny": "^2.0.0" } } },
    files: {
      "index.js": 'import { tiny } from "@deep/tiny";\nexport const greet = () => `hello ${tiny}`;',
      LICENSE: "MIT, by Ada",
    },
  });
  await registry.publish({
    name: "greet",
    version: "1.3.0",
    files: { "index.js": "export const greet = 0;" },
    manifest: { type: "module" },
  });
  await using home = await PackagesHome.make(registry);
  const id = await home.asks("greet", "1.2.3", { reason: "says\n\x1b[2Jhello" });
  const listed = await home.packages();
  assert.equal(listed.code, 0, listed.err);
  assert.match(listed.out, /00000001 +greet@1\.2\.3 +notes +\S+ +waiting +says/);
  assert.ok(!listed.out.includes("\x1b"));

  const approved = await home.packages("approve", id);
  assert.equal(approved.code, 0, approved.out + approved.err);
  assert.match(
    approved.out,
    /^approved greet@1\.2\.3: .* SHA-256 [0-9a-f]{64}\nwith @deep\/tiny@2\.0\.0 in it\nit is used where it is granted: add to the config of notes: grants: \{packages: \[greet\]\}/,
  );
  const lock = await Deno.readTextFile(`${home.folder}/configs/packages.lock`);
  const text = await Deno.readTextFile(`${home.folder}/runtime/packages/greet@1.2.3.mjs`);
  assert.match(
    lock,
    new RegExp(`greet:\n  version: 1.2.3\n  sha256: ${await sha256Hex(text)}\n  contains:\n    greet@1.2.3: sha512-`),
  );
  assert.match(text, /^\/\/ greet@1\.2\.3 @deep\/tiny@2\.0\.0 \(made by packages approve\)\n/);
  assert.match(text, /MIT, by Ada/);

  const { requests, approved: own } = await home.json<{ requests: { state: string }[]; approved: { name: string }[] }>(
    "list",
  );
  assert.deepEqual([requests[0]!.state, own[0]!.name], ["approved", "greet"]);
  const newer = await home.json<Answer>("approve", await home.asks("greet", "1.3.0"));
  assert.equal(newer.instead_of, "1.2.3");
  assert.match((await home.packages()).out, /approved for this home: greet@1\.3\.0\n$/);
});

Deno.test("packages approve gives the same bytes each time", async () => {
  await using registry = new NpmRegistry();
  await registry.publish({
    name: "old",
    version: "1.0.0",
    files: { "index.js": "module.exports = { old: typeof process };" },
  });
  await using home = await PackagesHome.make(registry);
  const id = await home.asks("old", "1.0.0");
  const [first, second] = [await home.json<Answer>("approve", id), await home.json<Answer>("approve", id)];
  assert.equal(first.sha256, second.sha256);
});

const REFUSED: readonly (readonly [what: string, files: Record<string, string>, found: RegExp])[] = [
  ["with eval", { "index.js": "module.exports = (t) => eval(t);" }, /x wants what no module has: eval \(index\.js\)/],
  ["with eval by another name", { "index.js": "module.exports = (t) => globalThis.eval(t);" }, /eval \(index\.js\)/],
  [
    "with new Function",
    { "index.js": "module.exports = new Function('a');" },
    /code from a string, by Function \(index\.js\)/,
  ],
  [
    "with import() of what it is told",
    { "index.js": "module.exports = (n) => import(n);" },
    /import\(\) \(index\.js\)/,
  ],
  [
    "with import() of a builtin",
    { "index.js": "module.exports = () => import('node:fs');" },
    /import\(\) \(index\.js\)/,
  ],
  ["with import.meta", { "index.mjs": "export default import.meta;" }, /import\.meta \(index\.mjs\)/],
  [
    "with builtins, all of them told",
    { "index.js": "require('fs'); const { b } = require('./b.js');", "b.js": "exports.b = require('node:net');" },
    /wants what no module has: the builtin node:fs \(index\.js\), the builtin node:net \(b\.js\)/,
  ],
  [
    "with globals that modules lack",
    { "index.js": "module.exports = () => process.env.HOME + Buffer.from('');" },
    /the global Buffer, the global process/,
  ],
  [
    "with a file outside of it",
    { "index.js": "module.exports = require('../../../../../deno.json');" },
    /'\.\.\/.*deno\.json' is nothing that it depends on, or leads out of its folder/,
  ],
  [
    "with a dependency that it does not name",
    { "index.js": "module.exports = require('left');" },
    /'left' is nothing that it depends on/,
  ],
  ["that is no JavaScript", { "index.js": "const;" }, /cannot be bundled/],
];
for (const [what, files, found] of REFUSED) {
  Deno.test(`packages approve refuses a package ${what}`, async () => {
    await using registry = new NpmRegistry();
    const main = Object.keys(files)[0]!;
    await registry.publish({ name: "x", version: "1.0.0", files, manifest: { main } });
    await using home = await PackagesHome.make(registry);
    const id = await home.asks("x", "1.0.0");
    const { code, err, out } = await home.packages("approve", id);
    assert.equal(code, 1, out);
    assert.match(err, found);
    assert.deepEqual([...Deno.readDirSync(`${home.folder}/configs`)], [], "nothing is recorded");
    assert.match((await home.packages()).out, /waiting/);
  });
}

Deno.test("packages approve takes a package that only looks for what it lacks, and one that says the words in texts", async () => {
  await using registry = new NpmRegistry();
  const text =
    'const has = typeof process === "object" && process.env;\n// eval(x) import(x)\nmodule.exports = ["eval(", /import\\(x\\)/, has];';
  await registry.publish({ name: "x", version: "1.0.0", files: { "index.js": text } });
  await using home = await PackagesHome.make(registry);
  const { code, err } = await home.packages("approve", await home.asks("x", "1.0.0"));
  assert.equal(code, 0, err);
});

Deno.test("packages approve runs none of a package's scripts", async () => {
  await using registry = new NpmRegistry();
  await using home = await PackagesHome.make(registry);
  const scripts = {
    install: `touch ${home.folder}/ran`,
    preinstall: `touch ${home.folder}/ran`,
    postinstall: `touch ${home.folder}/ran`,
  };
  await registry.publish({
    name: "x",
    version: "1.0.0",
    files: { "index.js": "module.exports = 1;" },
    manifest: { scripts },
  });
  assert.equal((await home.packages("approve", await home.asks("x", "1.0.0"))).code, 0);
  assert.throws(() => Deno.statSync(`${home.folder}/ran`), Deno.errors.NotFound);
});

Deno.test("packages approve refuses an archive that is not what the registry says, and a version that has become another", async () => {
  await using registry = new NpmRegistry();
  const one = { name: "x", version: "1.0.0", files: { "index.js": "module.exports = 1;" } };
  const wrong = `sha512-${"A".repeat(86)}==`;
  await registry.publish(one, { integrity: wrong });
  await using home = await PackagesHome.make(registry);
  const id = await home.asks("x", "1.0.0");
  const { code, err } = await home.packages("approve", id);
  assert.equal(code, 1);
  assert.match(err, /x@1\.0\.0 cannot be downloaded: [^]*(?:integrity|checksum)/i);

  await using honest = new NpmRegistry();
  await honest.publish(one);
  await using other = await PackagesHome.make(honest);
  const again = await other.asks("x", "1.0.0");
  assert.equal((await other.packages("approve", again)).code, 0);
  await using changed = new NpmRegistry(); // under another address, so that no cache has the first one
  await changed.publish({ ...one, files: { "index.js": "module.exports = 2;" } });
  const said = await new PackagesHome(other.folder, changed).packages("approve", again);
  assert.equal(said.code, 1);
  assert.match(said.err, /x@1\.0\.0 is not what it was when it was approved/);
});

Deno.test("packages approve refuses names that mean something else, and what nobody published", async () => {
  await using registry = new NpmRegistry();
  await using home = await PackagesHome.make(registry);
  for (
    const [name, found] of [
      ["zod", /'zod' is shipped with the program/],
      ["events", /'events' is the name of a builtin/],
      ["files", /'files' is the name of a builtin/],
      ["serve", /'serve' is the name of a builtin/],
      ["meta-machine", /is the name of a builtin/],
    ] as const
  ) {
    const { code, err } = await home.packages("approve", await home.asks(name, "1.0.0"));
    assert.equal(code, 1, name);
    assert.match(err, found);
  }
  assert.deepEqual(registry.asked, [], "nothing is downloaded for these");
  assert.match((await home.packages("approve", await home.asks("nowhere", "1.0.0"))).err, /cannot be downloaded/);
});

Deno.test("packages leaves out requests that are forged, and refuses ids that are none", async () => {
  await using registry = new NpmRegistry();
  await using home = await PackagesHome.make(registry);
  for (const name of ["../../configs/x", "/etc/passwd", "a/b", "x\ny", "@a/../b"]) await home.asks(name, "1.0.0");
  await home.asks("x", "1.0.0/../../y");
  await home.asks("x", "1.0.0", { id: "../x" });
  await home.asks("x", "1.0.0", { id: "aaaaaaaa" });
  await home.asks("y", "1.0.0", { id: "aaaaaaaa" });
  const { requests } = await home.json<{ requests: unknown[] }>("list");
  assert.equal(requests.length, 2);
  for (
    const [id, found] of [["00000001", /no module has asked/], ["../x", /no module has asked/], [
      "aaaaaaaa",
      /is not one request/,
    ]] as const
  ) {
    for (const verb of ["approve", "deny"]) assert.match((await home.packages(verb, id)).err, found);
  }
  await Deno.writeTextFile(`${home.folder}/${FOLDER}/requests.json`, "[");
  assert.match((await home.packages()).err, /requests\.json cannot be read/);
});

Deno.test("packages deny says no, and asks for nothing", async () => {
  await using registry = new NpmRegistry();
  await using home = await PackagesHome.make(registry);
  assert.match((await home.packages()).out, /^no module has asked for a package\n$/);
  const { out } = await home.packages("deny", await home.asks("x", "1.0.0"));
  assert.match(out, /^denied x@1\.0\.0; its module sees that/);
  const { requests } = await home.json<{ requests: { state: string }[] }>("list");
  assert.equal(requests[0]!.state, "denied");
  assert.deepEqual(registry.asked, []);
});

Deno.test("packages approve takes a bundle of 4194304 bytes and refuses one byte more", async () => {
  await using registry = new NpmRegistry();
  await using home = await PackagesHome.make(registry);
  const publish = (version: string, length: number) =>
    registry.publish({
      name: "x",
      version,
      files: { "index.js": `export const x = "${"x".repeat(length)}";` },
      manifest: { type: "module" },
    });
  await publish("1.0.0", 1);
  const { bytes } = await home.json<{ bytes: number }>("approve", await home.asks("x", "1.0.0"));
  await publish("1.0.1", 1 + 4_194_304 - bytes);
  await publish("1.0.2", 2 + 4_194_304 - bytes);
  assert.equal((await home.json<{ bytes: number }>("approve", await home.asks("x", "1.0.1"))).bytes, 4_194_304);
  const { code, err } = await home.packages("approve", await home.asks("x", "1.0.2"));
  assert.equal(code, 1);
  assert.match(err, /x@1\.0\.2 has 4194305 bytes when it is bundled; 4194304 are allowed/);
});
