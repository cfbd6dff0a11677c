import assert from "node:assert/strict";
import { LIBRARIES, LIBRARY_VERSIONS } from "../../libs/mod.ts";
import { readHeader } from "../../kernel/vendor/mod.ts";

Deno.test("readHeader finds itself and all that a library contains, in the versions of deno.lock", async () => {
  const lock = JSON.parse(await Deno.readTextFile(new URL("../../deno.lock", import.meta.url)));
  for (const [name, read] of Object.entries(LIBRARIES)) {
    const versions = readHeader(await read());
    assert.equal(versions[name], LIBRARY_VERSIONS[name]);
    const locked = Object.keys(lock.npm).map((id) => id.split("_")[0]); // the rest of an id names peers
    for (const [contained, version] of Object.entries(versions)) {
      assert.ok(locked.includes(`${contained}@${version}`), `${name}: ${contained}@${version}`);
    }
  }
});

Deno.test("readHeader reads several packages, scoped ones too", () => {
  assert.deepEqual(readHeader("// a@1.0.0 @b/c@2.0.0-rc.1 (made by deno task vendor from deno.lock)\ncode"), {
    "a": "1.0.0",
    "@b/c": "2.0.0-rc.1",
  });
});

Deno.test("readHeader refuses a text without versions in its first line", () => {
  assert.throws(() => readHeader("export {}"), /its first line does not name versions/);
});

Deno.test("libraries carry the licence of what they contain, its name where the package has no text", async () => {
  for (const [name, read] of Object.entries(LIBRARIES)) {
    const [, second = "", third = ""] = (await read()).split("\n");
    const id = `${name}@${LIBRARY_VERSIONS[name]}`;
    if (second === `/*! ${id}`) assert.match(third, /Copyright|License/);
    else assert.equal(second, `/*! ${id}: MIT */`);
  }
});
