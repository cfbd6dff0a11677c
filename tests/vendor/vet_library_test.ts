import assert from "node:assert/strict";
import { vetLibrary } from "../../kernel/vendor/vet_library.ts";

Deno.test("vetLibrary accepts code that imports the builtins it may, as lib: names", () => {
  vetLibrary("pg", `import net from "lib:node:net";`, ["lib:node:net"], ["node:net"]);
  assert.throws(() => vetLibrary("pg", "", ["lib:node:net"]), /imports lib:node:net/);
});

Deno.test("vetLibrary refuses an import of anything else", () => {
  assert.throws(() => vetLibrary("pg", "", ["lib:node:net", "node:fs"], ["node:net"]), {
    message: "Bundled pg imports node:fs: only lib: names are allowed",
  });
});

Deno.test("vetLibrary refuses code that makes code from strings", () => {
  assert.throws(() => vetLibrary("x", "const f = new Function('a')", []), /contains 'new Function\('/);
  assert.throws(() => vetLibrary("x", "import_ajv()", []), /contains 'ajv'/);
});
