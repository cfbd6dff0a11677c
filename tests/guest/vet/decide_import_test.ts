import assert from "node:assert/strict";
import { LIBRARIES } from "../../../libs/mod.ts";
import { decideImport } from "../../../kernel/guest/vet/decide_import.ts";

const folder = {
  entry: "mod.ts",
  files: ["mod.ts", "lib/a.ts", "lib/mod.ts", "b.js", "d.json", "t.txt"].map((path) => ({ path, text: "" })),
  packages: ["kysely"],
  builtins: ["node:sqlite", "files"],
};
const single = { ...folder, entry: "x.ts", files: [{ path: "x.ts", text: "" }] };

function decide(
  specifier: string,
  attributes: [string, string | undefined][] = [],
  importer = "mod.ts",
  module = folder,
) {
  return decideImport(module, { specifier, importer, attributes });
}
function message(...request: Parameters<typeof decide>): string {
  const decision = decide(...request);
  assert.equal(decision.kind, "refused", `'${request[0]}' was not refused`);
  return decision.kind === "refused" ? decision.message : "";
}

Deno.test("decideImport finds files of the module's own folder by their exact names", () => {
  assert.deepEqual(decide("./lib/a.ts"), { kind: "own", path: "lib/a.ts", as: "code" });
  assert.deepEqual(decide("../b.js", [], "lib/a.ts"), { kind: "own", path: "b.js", as: "code" });
  assert.deepEqual(decide("./../lib/./a.ts", [], "lib/a.ts"), { kind: "own", path: "lib/a.ts", as: "code" });
});

Deno.test("decideImport names the file that was probably meant", () => {
  assert.match(message("./lib/a"), /there is no such file; write '\.\/lib\/a\.ts'$/);
  assert.match(message("./lib/a.js"), /write '\.\/lib\/a\.ts'$/);
  assert.match(message("./lib"), /it is a folder; write '\.\/lib\/mod\.ts'$/);
  assert.match(message("./nothing.ts"), /there is no such file in the module's folder$/);
  assert.match(message("./lib/a.ts?x"), /there is no such file/);
  assert.match(message("./lib%2Fa.ts"), /there is no such file/);
});

Deno.test("decideImport refuses what lies outside of the module's folder", () => {
  for (const specifier of ["../other.ts", "./../../x.ts", "./lib/../../mod.ts"]) {
    assert.match(message(specifier), /files of its own folder, not what lies outside of it$/);
  }
});

Deno.test("decideImport tells a module of one file how to get files beside it", () => {
  assert.equal(
    message("./b.ts", [], "x.ts", single),
    "import of './b.ts' is not allowed; a module of one file has no files beside it: make it a folder with mod.ts",
  );
});

Deno.test("decideImport knows the attributes json and text and no others", () => {
  assert.deepEqual(decide("./d.json", [["type", "json"]]), { kind: "own", path: "d.json", as: "json" });
  assert.deepEqual(decide("./t.txt", [["type", "text"]]), { kind: "own", path: "t.txt", as: "text" });
  assert.deepEqual(decide("./lib/a.ts", [["type", "text"]]), { kind: "own", path: "lib/a.ts", as: "text" });
  assert.match(message("./d.json"), /without attributes is not allowed; say how to read it: with \{ type: "json" \}$/);
  assert.match(message("./t.txt"), /with \{ type: "text" \}$/);
  for (
    const attributes of [[["type", "bytes"]], [["type", undefined]], [["lazy", "json"]], [["type", "json"], ["a", "b"]]]
  ) {
    assert.match(message("./d.json", attributes as [string, string][]), /the only attributes are/);
  }
  assert.match(message("./lib/a.ts", [["type", "json"]]), /only \.json files/);
  assert.match(message("kysely", [["type", "json"]]), /without import attributes$/);
});

Deno.test("decideImport leaves meta-machine and what was granted outside, by their exact names", () => {
  for (const specifier of ["meta-machine", "meta-machine/kysely", "kysely", "node:sqlite", "files"]) {
    assert.deepEqual(decide(specifier), { kind: "outside", specifier });
  }
});

Deno.test("decideImport says for each other name what would work", () => {
  const shipped =
    "granted packages only: grants: {packages: [...]}, shipped: @cfworker/json-schema, @modelcontextprotocol/client, @modelcontextprotocol/server, kysely, pg, yaml, zod";
  assert.equal(
    message("node:fs"),
    `import of 'node:fs' is not allowed; use the filesystem service: kernel.getApi("filesystem")`,
  );
  assert.match(message("fs/promises"), /filesystem service/);
  assert.match(message("node:http"), /use fetch, which comes with grants: \{net:/);
  assert.match(message("node:net"), /grants: \{builtins: \["node:net"\]\}, which the operator has to allow$/);
  assert.match(message("sqlite"), /grants: \{builtins: \["node:sqlite"\]\}/);
  assert.match(
    message("node:vm"),
    /^import of 'node:vm' is not allowed; the only builtins that can be granted: node:sqlite, /,
  );
  assert.match(message("npm:zod@4"), /\{packages: \[zod\]\}, and import 'zod'$/);
  assert.match(message("npm:kysely/helpers"), /import it from 'kysely'$/);
  for (const specifier of ["npm:left-pad@4", "jsr:@std/path", "https://esm.sh/zod", "http://x"]) {
    assert.equal(message(specifier), `import of '${specifier}' is not allowed; ${shipped}`);
  }
  assert.match(message("zod"), /add to the module's config: grants: \{packages: \[zod\]\}, and import 'zod'$/);
  assert.match(message("kysely/helpers/sqlite"), /import it from 'kysely'$/);
  assert.match(message("meta-machine/bracket"), /this door is not available yet$/);
  assert.match(message("meta-machine/testing"), /for tests of a module: import it in NAME_test\.ts$/);
  assert.match(message("@cfworker/json-schema"), /\{packages: \["@cfworker\/json-schema"\]\}/);
  for (const specifier of ["data:text/javascript,1", "file:///etc/passwd", "blob:null/1", "/etc/passwd"]) {
    assert.match(message(specifier), /files of its own folder, by a relative path$/);
  }
  for (const specifier of ["", ".", "..", "left-pad", "constructor", "__proto__", "Kysely", "meta-machine/", "#x"]) {
    assert.match(message(specifier), /may import its own files/);
  }
});

Deno.test("decideImport names all libraries that the program brings along, and the file that would grant one", () => {
  const names = Object.keys(LIBRARIES).sort();
  assert.ok(message("left-pad").endsWith(`shipped: ${names.join(", ")}`));
  const module = { ...folder, config: "configs/tasks/x-v2.yml" };
  for (const [specifier, grant] of [["pg", "{packages: [pg]}"], ["node:tls", '{builtins: ["node:tls"]}']] as const) {
    assert.ok(message(specifier, [], "mod.ts", module).includes(`add to configs/tasks/x-v2.yml: grants: ${grant}`));
  }
});

Deno.test("decideImport shows hostile names harmlessly", () => {
  const shown = message(`x\n\u001b[31m${"y".repeat(5_000)}`);
  assert.ok(shown.startsWith(String.raw`import of 'x\n\u001b[31myyy`));
  assert.ok(shown.length < 500);
});

Deno.test("decideImport opens meta-machine/kysely with the package kysely, and to nobody else", () => {
  const request = { specifier: "meta-machine/kysely", importer: "mod.ts", attributes: [] };
  const module = { entry: "mod.ts", files: [], packages: ["zod"], builtins: [] };
  assert.deepEqual(decideImport(module, request), {
    kind: "refused",
    message: "import of 'meta-machine/kysely' is not allowed; add to the module's config: grants: {packages: [kysely]}",
  });
});
