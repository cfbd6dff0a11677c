/** The configs of docs/bridges.md are taken as they stand there. */
import assert from "node:assert/strict";
import { readSettings as chroma } from "../../plugins/chromadb/settings.ts";
import { readSettings as redis } from "../../plugins/redis/settings.ts";
import { config } from "../plugins/scripted_kernel.ts";
import { specOf } from "../plugins/shipped_in_worker.ts";
import { codeBlocks, readPage } from "./code_blocks.ts";

Deno.test("the configs that docs/bridges.md shows are taken by the host and by the bridges", () => {
  const texts = codeBlocks(readPage("docs/bridges.md")).filter(({ language }) => language === "yaml").map(({ text }) =>
    text
  );
  const specs = texts.map((text, at) => specOf(`services/${at}.yml`, text));
  assert.deepEqual(specs.map(({ api, prog }) => [api, prog]), [["chromadb", "chromadb"], ["redis", "redis"]]);
  const [at_chroma, at_redis] = specs.map(({ own }) => config(own as Record<string, unknown>));
  assert.deepEqual(chroma(at_chroma!).place, { kind: "server", host: "chroma.example.com", port: 8000, ssl: false });
  const { host, port, password_secret } = redis(at_redis!);
  assert.deepEqual([host, port, password_secret], ["redis.example.com", 6379, "REDIS_PASSWORD"]);
  assert.deepEqual(specs.map(({ grants }) => grants.net), [["chroma.example.com:8000"], ["redis.example.com:6379"]]);
});
