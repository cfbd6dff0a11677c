import assert from "node:assert/strict";
import { META_DEFAULTS } from "../../kernel/contract/meta_config.ts";
import { parseMeta } from "../../kernel/config/parse_meta.ts";

const reason = (text: string): string => {
  const parsed = parseMeta(text);
  assert.ok(!parsed.ok, `expected a refusal of ${text}`);
  return parsed.reason;
};

Deno.test("parseMeta fills in the defaults", () => {
  assert.deepEqual(parseMeta("prog: kernel"), { ok: true, value: { prog: "kernel", ...META_DEFAULTS } });
});

Deno.test("parseMeta reads every key", () => {
  const text = "prog: k2\nenable_sandboxing: true\nkv: runtime/image/b.kv\nevent_log: runtime/logs/e.jsonl\n" +
    "max_cells_starting: 1\ncells_memory_mb: 300\nwarm_cells: 2\nlog_max_mb: 1\nlog_keep: 30\nlog_keep_days: 14\nkernel_memory_mb: 128\n";
  assert.deepEqual(parseMeta(text), {
    ok: true,
    value: {
      prog: "k2",
      enable_sandboxing: true,
      kv: "runtime/image/b.kv",
      event_log: "runtime/logs/e.jsonl",
      log_max_mb: 1,
      log_keep: 30,
      log_keep_days: 14,
      max_cells_starting: 1,
      cells_memory_mb: 300,
      warm_cells: 2,
      kernel_memory_mb: 128,
    },
  });
});

Deno.test("parseMeta refuses a missing prog, also in an empty file", () => {
  for (const text of ["", "{}", "prog:", "warm_cells: 1"]) assert.equal(reason(text), "missing 'prog'");
});

Deno.test("parseMeta takes a base name for prog and nothing else", () => {
  for (const prog of ["../kernel", "a/kernel", "kernel.ts", "/kernel", "", "1", "..", "file:kernel"]) {
    assert.equal(
      reason(`prog: "${prog}"`),
      `prog: found "${prog}", allowed: the base name of a kernel's source, without folder or extension`,
    );
  }
  assert.ok(parseMeta(`prog: k${"x".repeat(63)}`).ok);
  assert.match(reason(`prog: k${"x".repeat(64)}`), /^prog: found /);
});

Deno.test("parseMeta takes 128 MB for the kernel, and refuses less", () => {
  assert.ok(parseMeta("prog: kernel\nkernel_memory_mb: 128").ok);
  assert.match(reason("prog: kernel\nkernel_memory_mb: 127"), /^kernel_memory_mb: found 127, allowed: /);
});

Deno.test("parseMeta refuses to turn the fence off", () => {
  assert.equal(
    reason("prog: kernel\nenable_sandboxing: false"),
    "enable_sandboxing: found false, allowed: true; there is no road without the fence",
  );
  assert.equal(reason("prog: kernel\nenable_sandboxing: 1"), "enable_sandboxing: found 1, allowed: true, false");
});

Deno.test("parseMeta refuses broken YAML, unknown keys and what is no map", () => {
  assert.match(reason("prog: ["), /^broken YAML: .+ at line \d+, column \d+$/);
  assert.equal(
    reason("prog: kernel\nprogs: x"),
    'found the unknown key "progs", allowed: prog, enable_sandboxing, kv, event_log, log_max_mb, log_keep, log_keep_days, max_cells_starting, cells_memory_mb, warm_cells, kernel_memory_mb',
  );
  assert.equal(reason("kernel"), 'found "kernel", allowed: a map of keys');
  assert.match(reason("- prog"), /^found a list, allowed: a map/);
});

Deno.test("parseMeta refuses paths out of their folder", () => {
  for (const path of ["live.kv", "runtime/image/../x", "runtime/image/", "/tmp/x.kv", "runtime/logs/x.kv"]) {
    assert.equal(reason(`prog: k\nkv: ${path}`), `kv: found "${path}", allowed: a path below runtime/image/`);
  }
  assert.equal(reason("prog: k\nevent_log: e"), 'event_log: found "e", allowed: a path below runtime/logs/');
});

Deno.test("parseMeta allows the bounds of its numbers and refuses what is beyond", () => {
  assert.ok(parseMeta("prog: k\nmax_cells_starting: 1000\nwarm_cells: 0").ok);
  assert.ok(parseMeta("prog: k\nmax_cells_starting: 1\nwarm_cells: 1000").ok);
  assert.equal(
    reason("prog: k\nmax_cells_starting: 0"),
    "max_cells_starting: found 0, allowed: a whole number from 1 to 1000",
  );
  assert.match(reason("prog: k\nmax_cells_starting: 1001"), /found 1001/);
  assert.match(reason("prog: k\nwarm_cells: -1"), /warm_cells: found -1, allowed: a whole number from 0 to 1000/);
  assert.match(reason("prog: k\nwarm_cells: 1001"), /found 1001/);
  for (
    const [key, least, most] of [["log_max_mb", 1, 1_024], ["log_keep", 1, 1_000], ["log_keep_days", 0, 3_650]] as const
  ) {
    for (const good of [least, most]) assert.ok(parseMeta(`prog: k\n${key}: ${good}`).ok);
    for (const bad of [least - 1, most + 1]) {
      assert.match(
        reason(`prog: k\n${key}: ${bad}`),
        new RegExp(`found ${bad}, allowed: a whole number from ${least} to ${most}`),
      );
    }
  }
});

Deno.test("the shipped configs/meta.yml is valid and says the defaults", async () => {
  const text = await Deno.readTextFile(new URL("../../configs/meta.yml", import.meta.url));
  assert.deepEqual(parseMeta(text), { ok: true, value: { prog: "kernel", ...META_DEFAULTS } });
});
