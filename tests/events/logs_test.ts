/** The two logs of the host: what is kept, shown, remembered and followed. */
import assert from "node:assert/strict";
import type { LogRecord } from "../../kernel/contract/control.ts";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import { EventLog, HostLog, LineFeed, readTail, RotatingFile } from "../../kernel/events/mod.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const BOUNDS = { clock: new FakeClock(), max_age_ms: Infinity };

async function withFeed<Item extends { id?: string }>(test: (feed: LineFeed<Item>, path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/log.jsonl`;
  const file = new RotatingFile({
    files: denoFiles,
    path,
    ...BOUNDS,
    max_bytes: 1_000_000,
    keep: 1,
    max_waiting: 1_000,
  });
  const feed = new LineFeed<Item>(file, 3, 7);
  try {
    await test(feed, path);
  } finally {
    await feed.close();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("EventLog adds the time in ISO 8601 with milliseconds and keeps the event on disk", () =>
  withFeed<LoggedEvent>(async (feed, path) => {
    new EventLog(feed, new FakeClock()).emit({ kind: "module.ready", api: "notes", detail: { version: "1.0" } });
    await feed.close();
    const [event] = await readTail<LoggedEvent>(denoFiles, path, 10);
    assert.deepEqual(event, {
      time: "2023-11-14T22:13:20.000Z",
      kind: "module.ready",
      api: "notes",
      detail: { version: "1.0" },
      id: "7-1",
    });
  }));

Deno.test("LineFeed remembers the latest items, and tells followers what comes until they leave", () =>
  withFeed<{ time: string; n: number; id?: string }>((feed) => {
    feed.remember([{ time: "", n: 0 }]);
    const heard: number[] = [];
    const item = (n: number) => ({ time: "", n });
    feed.push(item(1));
    const leave = feed.follow(({ n }) => {
      heard.push(n);
      if (n === 3) leave();
    });
    for (const n of [2, 3, 4]) feed.push(item(n));
    leave();
    assert.deepEqual([heard, feed.recent().map(({ n }) => n)], [[2, 3], [2, 3, 4]]);
    return Promise.resolve();
  }));

Deno.test("LineFeed numbers what it is given, and goes on where a kernel of its epoch that did not boot has stopped", () =>
  withFeed<{ time: string; id?: string }>(async (feed, path) => {
    feed.remember([{ time: "" }, { time: "", id: "6-40" }, { time: "", id: "7-2" }]);
    feed.push({ time: "t" });
    await feed.close();
    assert.deepEqual(feed.recent().at(-1), { time: "t", id: "7-3" });
    assert.deepEqual(await readTail(denoFiles, path, 10), [{ time: "t", id: "7-3" }]);
  }));

Deno.test("readTail gives the last records and leaves out what is torn, foreign, or no record at all", () =>
  withFeed(async (_, path) => {
    const good = (n: number) => JSON.stringify({ time: "t", n });
    const torn = new Uint8Array([...new TextEncoder().encode('{"time":"'), 0xc3]);
    await Deno.writeFile(
      path,
      new Uint8Array([
        ...new TextEncoder().encode([good(1), good(2), "null", "17", '{"no":"time"}', "", "{", good(3), ""].join("\n")),
        ...torn,
      ]),
    );
    const tail = async (lines: number) => (await readTail<{ n: number }>(denoFiles, path, lines)).map(({ n }) => n);
    assert.deepEqual([await tail(100), await tail(3)], [[1, 2, 3], [3]]);
  }));

Deno.test("readTail gives nothing for a file that is missing or can't be read", async () => {
  assert.deepEqual(await readTail(denoFiles, "/nowhere/log.jsonl", 5), []);
  assert.deepEqual(await readTail({ ...denoFiles, read: () => Promise.reject(new Error("EIO")) }, "/x", 5), []);
});

Deno.test("HostLog shows a person the paper's line from its level on, and keeps everything", () =>
  withFeed<LogRecord>((feed) => {
    const shown: string[] = [];
    const log = new HostLog({ feed, clock: new FakeClock(), stderr: (line) => shown.push(line), level: "INFO" });
    log.debug("quiet");
    log.info("kernel.ready: 4 modules");
    log.write("ERROR", "notes", "it broke\u001b[2J\nhere");
    assert.equal(shown.length, 2);
    assert.match(shown[0]!, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - INFO - kernel.ready: 4 modules$/);
    assert.match(shown[1]!, / - ERROR - \[notes\] it broke/);
    assert.ok(!shown[1]!.includes("\u001b"), "text from a module can't steer a terminal");
    assert.deepEqual(feed.recent().map(({ level, api }) => [level, api]), [
      ["DEBUG", "kernel"],
      ["INFO", "kernel"],
      ["ERROR", "notes"],
    ]);
    return Promise.resolve();
  }));

Deno.test("HostLog keeps the lines of a message apart in the file, harmless, and shows them as one", () =>
  withFeed<LogRecord>((feed) => {
    const shown: string[] = [];
    const log = new HostLog({ feed, clock: new FakeClock(), stderr: (line) => shown.push(line), level: "DEBUG" });
    log.write("ERROR", "notes", "first\u001b[2J\nsecond");
    log.heard("2026-01-31T12:00:00.000Z", "WARNING", "watchdog", "kernel 1 died");
    assert.deepEqual(feed.recent().map(({ message, api }) => `${api}: ${message}`), [
      "notes: first\\u{1b}[2J\nsecond",
      "watchdog: kernel 1 died",
    ]);
    assert.equal(shown.length, 1);
    assert.ok(!shown[0]!.includes("\n"));
    return Promise.resolve();
  }));
