import assert from "node:assert/strict";
import { renderWatch, type Watched } from "../../kernel/cli/render_watch.ts";
import { sparkline } from "../../kernel/cli/sparkline.ts";
import { StatusRates } from "../../kernel/cli/status_rates.ts";
import { cutText, textWidth } from "../../kernel/cli/text_width.ts";
import type { HostStatus, ModuleStatus } from "../../kernel/contract/status.ts";
import { aModule } from "./a_module.ts";

const KERNEL = { version: "0.1.0", config: "meta.yml", pid: 7, uptime: 5, memory_mb: 60, cpu_s: 1 };
const host = (modules: ModuleStatus[], kernel: Partial<HostStatus["kernel"]> = {}): HostStatus => {
  return { kernel: { ...KERNEL, ...kernel }, modules };
};
/** What the last of some looks, a second apart, tells. */
function ratesOf(...looks: HostStatus[]): StatusRates {
  const rates = new StatusRates();
  looks.forEach((look, second) => rates.add(look, second * 1_000));
  return rates;
}
const watched = (modules: ModuleStatus[], more: Partial<Watched> = {}): Watched => {
  const status = host(modules);
  return { host: status, rates: ratesOf(status), events: [], hint: "q ends", ...more };
};

Deno.test("StatusRates tells what happened between two looks, in a second", () => {
  const before = host([aModule({ calls: 100, faults: 1, cpu_s: 1, memory_mb: 50 })]);
  const after = host([aModule({ calls: 340, faults: 3, cpu_s: 1.5, memory_mb: 60 })]);
  assert.deepEqual(ratesOf(before, after).of("notes"), {
    calls_per_s: 240,
    faults_per_s: 2,
    cpu_share: 50,
    memory: [50, 60],
  });
  assert.deepEqual(ratesOf(before).of("notes"), { memory: [50] });
  assert.deepEqual(ratesOf(before).of("other"), { memory: [] });
});

Deno.test("StatusRates compares nothing over a restart of the process or of the kernel", () => {
  const before = host([aModule({ calls: 100, cpu_s: 9 })]);
  const restarted = ratesOf(before, host([aModule({ calls: 110, cpu_s: 0.1, pid: 101, memory_mb: 40 })])).of("notes");
  assert.deepEqual(restarted, { calls_per_s: 10, faults_per_s: 0, memory: [40] });
  const other_kernel = ratesOf(before, host([aModule({ calls: 200, cpu_s: 10 })], { pid: 8 })).of("notes");
  assert.deepEqual(other_kernel, { cpu_share: 100, memory: [60, 60] });
  const gone = ratesOf(before, host([aModule({ state: "failed", pid: null })])).of("notes");
  assert.deepEqual([gone.cpu_share, gone.memory], [undefined, []]);
});

Deno.test("StatusRates remembers twelve figures of the memory", () => {
  const looks = Array.from({ length: 15 }, (_, n) => host([aModule({ memory_mb: n })]));
  assert.deepEqual(ratesOf(...looks).of("notes").memory, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
});

Deno.test("sparkline draws least and largest, and noise as flat", () => {
  assert.equal(sparkline([10, 20, 30, 40]), "▁▃▆█");
  assert.equal(sparkline([100, 100.1, 100]), "▁▁▁");
  assert.equal(sparkline([0, 0]), "▁▁");
  assert.equal(sparkline([]), "");
});

Deno.test("textWidth counts what a terminal shows, cutText keeps to it and ends a colour", () => {
  assert.deepEqual(["abc", "\x1b[31mabc\x1b[0m", "日本", "e\u0301", "🙂", ""].map(textWidth), [3, 3, 4, 1, 2, 0]);
  assert.equal(cutText("abcdef", 6), "abcdef");
  assert.equal(cutText("abcdef", 4), "abc…");
  assert.equal(cutText("日本語", 4), "日…");
  assert.equal(cutText("\x1b[31mabcdef\x1b[0m", 3), "\x1b[31mab…\x1b[0m");
  assert.equal(cutText("\x1b[31ma\x1b[0mbcdef", 3), "\x1b[31ma\x1b[0mb…");
  assert.equal(cutText("abc", 0), "");
});

Deno.test("renderWatch keeps to its size, and says how much it leaves out", () => {
  const modules = Array.from({ length: 40 }, (_, n) => aModule({ api: `m${n}`, reason: `why ${n} `.repeat(20) }));
  const events = Array.from({ length: 50 }, (_, n) => `event ${n} ${"x".repeat(200)}`);
  for (const rows of [1, 5, 10, 24, 60, 200]) {
    for (const columns of [1, 20, 80, 200]) {
      const lines = renderWatch(watched(modules, { events }), { rows, columns }, true);
      assert.ok(lines.length <= rows, `${lines.length} lines of ${rows}`);
      assert.ok(lines.every((line) => textWidth(line) <= columns), `a line is wider than ${columns}`);
    }
  }
  const lines = renderWatch(watched(modules, { events }), { rows: 24, columns: 100 }, false);
  assert.ok(lines.some((line) => /^… \d+ more modules$/.test(line)));
  assert.ok(lines.some((line) => /^… \d+ more lines of reasons$/.test(line)));
  assert.match(lines.at(-1)!, /^event 49 /);
});

Deno.test("renderWatch drops the columns that matter least when it gets narrow", () => {
  const title = (columns: number) => renderWatch(watched([aModule({})]), { rows: 10, columns }, false)[3]!.split(/  +/);
  assert.ok(title(150).includes("ERRORS"));
  assert.deepEqual(title(65).filter((name) => ["ERRORS", "RESTARTS", "P99 MS"].includes(name)), []);
  assert.deepEqual(title(30), ["API", "STATE", "CALLS/S", "CPU …"]);
});

Deno.test("renderWatch counts each process once, with the kernel", () => {
  const shared = [aModule({ api: "a", pid: 5, memory_mb: 40 }), aModule({ api: "b", pid: 5, memory_mb: 40 })];
  const apart = aModule({ api: "c", state: "failed", pid: null, memory_mb: 0 });
  const [, total] = renderWatch(watched([...shared, apart]), { rows: 20, columns: 200 }, false);
  assert.match(
    total!,
    /^2 of 3 modules run {3}- calls\/s {3}- faults\/s {3}cpu - % {3}100 MiB in 1 processes and the kernel$/,
  );
});
