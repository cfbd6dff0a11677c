import assert from "node:assert/strict";
import { config } from "../scripted_kernel.ts";
import { readSettings } from "../../../plugins/mcp/settings.ts";

const URL = "https://mcp.example.com/mcp";
const read = (own: Record<string, unknown>) => readSettings(config(own));

Deno.test("readSettings needs an address alone, and refuses one with a secret in it", () => {
  const { host, mode, call_ms } = read({ url: URL });
  assert.deepEqual({ host, mode, call_ms }, { host: "mcp.example.com", mode: "auto", call_ms: 25_000 });
  for (const url of [undefined, 5, "mcp.example.com", "file:///etc/passwd", "ftp://x.example/"]) {
    assert.throws(() => read({ url }), /url is .*; an address such as/);
  }
  for (const url of ["https://u@x.example/", "https://u:p@x.example/", "https://x.example/?key=1"]) {
    assert.throws(() => read({ url }), /bind them by grants\.secrets/);
  }
});

Deno.test("readSettings takes three modes and positive whole numbers", () => {
  assert.deepEqual(read({ url: URL, mode: "2026-07-28" }).mode, { pin: "2026-07-28" });
  assert.equal(read({ url: URL, mode: "legacy" }).mode, "legacy");
  assert.throws(() => read({ url: URL, mode: "2025-11-25" }), /mode is "2025-11-25"/);
  assert.equal(read({ url: URL, refresh_s: 1 }).refresh_s, 1);
  for (const refresh_s of [0, -1, 1.5, "1", null]) assert.throws(() => read({ url: URL, refresh_s }), /refresh_s is/);
});
