import assert from "node:assert/strict";
import { hashModule } from "../../kernel/config/hash_module.ts";
import { specOf } from "./parsed.ts";
import { sourceOf } from "./planned.ts";

const source = sourceOf("a");
const hash = (text: string, file = "configs/a.yml") => hashModule(specOf(`api: a\nprog: a\n${text}`, file), source, []);

Deno.test("hashModule is a SHA-256 in hex and the same each time", async () => {
  assert.match(await hash("x: 1"), /^[0-9a-f]{64}$/);
  assert.equal(await hash("x: {b: 1, a: 2}\ny: 2"), await hash("# same\ny: 2\nx: {a: 2, b: 1}"));
});

Deno.test("hashModule does not change with the config's file and version", async () => {
  assert.equal(await hash("x: 1"), await hash("x: 1", "configs/a-v1.10.yml"));
});

Deno.test("hashModule changes with every key of a config", async () => {
  const texts = [
    "",
    "x: 1",
    "x: '1'",
    "grants: {wasm: true}",
    "limits: {timers: 1}",
    "restart: {max: 1}",
    "reload: stop_start",
    "start: on_call",
    "idle_ms: 1",
    "cell: c",
    "approve: never",
  ];
  assert.equal(new Set(await Promise.all(texts.map((text) => hash(text)))).size, texts.length);
});

Deno.test("hashModule changes with source, origin and the texts of prompts", async () => {
  const spec = specOf("");
  const hashes = await Promise.all([
    hashModule(spec, source, []),
    hashModule(spec, { ...source, hash: "b".repeat(64) }, []),
    hashModule(spec, { ...source, origin: "shipped" }, []),
    hashModule(spec, source, [["p", "one"]]),
    hashModule(spec, source, [["p", "two"]]),
    hashModule(spec, source, [["p", undefined]]),
  ]);
  assert.equal(new Set(hashes).size, hashes.length);
  assert.equal(await hashModule(spec, { ...source, path: "/elsewhere" }, []), hashes[0]);
});
