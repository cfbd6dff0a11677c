import assert from "node:assert/strict";
import { parseAccess } from "../../../plugins/chromadb/parse_access.ts";
import { readSettings } from "../../../plugins/chromadb/settings.ts";
import { config } from "../scripted_kernel.ts";

Deno.test("readSettings takes http_mode, host, port and path from params, or from beside it as the paper writes them", () => {
  assert.deepEqual(readSettings(config({})).place, { kind: "embedded", path: "chroma_data" });
  const server = { kind: "server", host: "chroma.example.com", port: 8001, ssl: false };
  const said = { http_mode: true, host: "chroma.example.com", port: 8001 };
  assert.deepEqual(readSettings(config({ params: said })).place, server);
  assert.deepEqual(readSettings(config(said)).place, server);
  assert.deepEqual(readSettings(config({ params: { path: "vectors" }, path: "other" })).place, {
    kind: "embedded",
    path: "vectors",
  });
});

Deno.test("readSettings refuses what it does not understand, with key, value and what is allowed", () => {
  const wrong: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ http_mode: "yes" }, /^http_mode is "yes"; allowed: true, false$/],
    [{ http_mode: true, port: 65_536 }, /^port is 65536; allowed: a whole number from 1 to 65535$/],
    [{ http_mode: true, host: "a/b" }, /^host is "a\/b"; allowed/],
    [{ path: "x; drop table y" }, /^path is "x; drop table y"; allowed/],
    [{ path: "a".repeat(33) }, /^path is /],
    [{ embedder: "../x" }, /^embedder is/],
    [{ max_results: 10_001 }, /^max_results is 10001; allowed: a whole number from 1 to 10000$/],
    [{ max_batch: 0 }, /^max_batch is 0/],
    [{ params: [] }, /^params is \[\]; allowed: a map$/],
  ];
  for (const [own, message] of wrong) {
    assert.throws(() => readSettings(config(own)), (error: Error) => message.test(error.message), JSON.stringify(own));
  }
  assert.equal(readSettings(config({ max_results: 10_000 })).limits.max_results, 10_000);
  assert.deepEqual(readSettings(config({ path: "a".repeat(32) })).place, { kind: "embedded", path: "a".repeat(32) });
});

Deno.test("parseAccess throws on whatever is no map of lists, so that a slip never grants", () => {
  for (const access of [[], "x", { a: [] }, { a: { reads: ["x"] } }, { a: { read: "x" } }, { a: { write: [1] } }]) {
    assert.throws(() => parseAccess(access), /; allowed: /, JSON.stringify(access));
  }
  assert.deepEqual(parseAccess(undefined).size, 0);
});
