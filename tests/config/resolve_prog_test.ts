import assert from "node:assert/strict";
import { progCandidates } from "../../kernel/config/resolve_prog.ts";

Deno.test("progCandidates seeks .ts, .js and mod.ts in the home, then a shipped name in the program", () => {
  assert.deepEqual(progCandidates("services/database", { home: "/h", program: "/p" }), [
    {
      file: "/h/plugins/services/database.ts",
      path: "/h/plugins/services/database.ts",
      entry: "database.ts",
      origin: "local",
    },
    {
      file: "/h/plugins/services/database.js",
      path: "/h/plugins/services/database.js",
      entry: "database.js",
      origin: "local",
    },
    {
      file: "/h/plugins/services/database/mod.ts",
      path: "/h/plugins/services/database",
      entry: "mod.ts",
      origin: "local",
    },
    {
      file: "/p/plugins/services/database.ts",
      path: "/p/plugins/services/database.ts",
      entry: "database.ts",
      origin: "shipped",
    },
    {
      file: "/p/plugins/services/database.js",
      path: "/p/plugins/services/database.js",
      entry: "database.js",
      origin: "shipped",
    },
    {
      file: "/p/plugins/services/database/mod.ts",
      path: "/p/plugins/services/database",
      entry: "mod.ts",
      origin: "shipped",
    },
  ]);
});

Deno.test("progCandidates seeks a name that is not shipped in the home only", () => {
  const places = progCandidates("mine", { home: "/h", program: "/p" });
  assert.deepEqual(places.map(({ file, origin }) => [file, origin]), [
    ["/h/plugins/mine.ts", "local"],
    ["/h/plugins/mine.js", "local"],
    ["/h/plugins/mine/mod.ts", "local"],
  ]);
});

Deno.test("progCandidates calls a shipped name shipped, and another local, when home and program are one folder", () => {
  const origins = (prog: string) => progCandidates(prog, { home: "/p", program: "/p" }).map(({ origin }) => origin);
  assert.deepEqual(origins("my_module"), ["shipped", "shipped", "shipped"]);
  assert.deepEqual(origins("mine"), ["local", "local", "local"]);
});
