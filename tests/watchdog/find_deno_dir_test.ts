import assert from "node:assert/strict";
import { cellEnvironment, findDenoDir, kernelEnvironment } from "../../kernel/watchdog/find_deno_dir.ts";

const FACTS = { env: {}, os: "linux", home_folder: "/home/u", cwd: "/w" };

Deno.test("findDenoDir takes DENO_DIR, then XDG_CACHE_HOME, then HOME, then the user's folder; an empty one counts as none", () => {
  const find = (env: Record<string, string>, os = "linux") => findDenoDir({ ...FACTS, env, os });
  assert.equal(find({ DENO_DIR: "/d", XDG_CACHE_HOME: "/x", HOME: "/h" }), "/d");
  assert.equal(find({ DENO_DIR: "d" }), "/w/d");
  assert.equal(find({ DENO_DIR: "", XDG_CACHE_HOME: "/x", HOME: "/h" }), "/x/deno");
  assert.equal(find({ XDG_CACHE_HOME: "x" }), "/w/x/deno");
  assert.equal(find({ XDG_CACHE_HOME: "", HOME: "/h" }), "/h/.cache/deno");
  assert.equal(find({ HOME: "" }), "/home/u/.cache/deno");
  assert.equal(find({ HOME: "/h" }, "darwin"), "/h/Library/Caches/deno");
});

Deno.test("a cell's environment holds DENO_DIR and the allocator's settings, a kernel's OTEL_ variables too, nothing else", () => {
  const env = {
    HOME: "/h",
    PATH: "/bin",
    API_KEY: "x",
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://c",
    XOTEL_A: "1",
  };
  const cell = {
    MALLOC_ARENA_MAX: "1",
    MALLOC_TRIM_THRESHOLD_: "65536",
    MALLOC_MMAP_THRESHOLD_: "65536",
    DENO_DIR: "/h/.cache/deno",
  };
  const facts = { ...FACTS, env };
  assert.deepEqual(cellEnvironment(facts), cell);
  const kernel = { ...cell, OTEL_DENO: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://c" };
  assert.deepEqual(kernelEnvironment(facts), { ...kernel, OTEL_SERVICE_NAME: "meta-machine" });
  const named = { ...env, OTEL_SERVICE_NAME: "agents" };
  assert.deepEqual(kernelEnvironment({ ...FACTS, env: named }), { ...kernel, OTEL_SERVICE_NAME: "agents" });
  assert.deepEqual(kernelEnvironment({ ...FACTS, env: { HOME: "/h" } }), cell);
});
