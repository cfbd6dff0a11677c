/** What a meta file says of the logs holds for those of the kernel and for the watchdog's own. */
import assert from "node:assert/strict";
import { RunningHost, until, writeFiles } from "./running_host.ts";

const CHATTY = `
export class Module {
  say(lines) { for (let n = 0; n < lines; n++) console.log(n + "x".repeat(1000)); }
}`;

Deno.test("a host keeps as many logs as the meta file says, and removes what is older", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  await writeFiles(home, {
    "configs/meta.yml": "prog: kernel\nlog_max_mb: 1\nlog_keep: 2\nlog_keep_days: 30\n",
    "configs/chatty.yml": "limits: {log_lines_per_s: 10000}\n",
    "plugins/chatty.js": CHATTY,
    "runtime/logs/host.1.jsonl": "old\n",
    "runtime/logs/host.7.jsonl": "beyond\n",
    "runtime/logs/watchdog.log.1": "old\n",
    "runtime/logs/watchdog.log.2": "young\n",
    "runtime/logs/watchdog.log": "x".repeat(1_048_600) + "\n",
  });
  const month_ago = new Date(Date.now() - 31 * 86_400_000);
  for (const name of ["host.1.jsonl", "watchdog.log.1"]) {
    await Deno.utime(`${home}/runtime/logs/${name}`, month_ago, month_ago);
  }
  await using host = await RunningHost.startIn(home);
  const logs = () => [...Deno.readDirSync(`${home}/runtime/logs`)].map(({ name }) => name).sort();
  const gone = () => !logs().some((name) => ["host.1.jsonl", "host.7.jsonl", "watchdog.log.1"].includes(name));
  await until(gone, 10_000, () => `there are still ${logs()}`);
  // What a cell may write in a second is bounded too.
  const full = async () => {
    await host.call("chatty", "say", 500);
    return logs().includes("host.2.jsonl");
  };
  await until(full, 30_000, () => `there are ${logs()}`);
  await host.stop();
  const found = logs();
  assert.ok(!found.includes("host.3.jsonl"), found.join());
  for (const name of ["host.jsonl", "host.1.jsonl", "host.2.jsonl"]) {
    assert.ok((await Deno.stat(`${home}/runtime/logs/${name}`)).size <= 1_048_576);
  }
  // Its log was larger than it may be now, so the next line of it went into a new one.
  assert.ok(found.includes("watchdog.log.1") && !found.includes("watchdog.log.3"), found.join());
  assert.ok((await Deno.stat(`${home}/runtime/logs/watchdog.log`)).size < 10_000);
});
