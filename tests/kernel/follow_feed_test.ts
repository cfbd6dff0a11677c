/** A follower whose kernel died asks the next one for what it has missed. */
import assert from "node:assert/strict";
import type { LogRecord } from "../../kernel/contract/control.ts";
import { LineFeed, readTail, RotatingFile } from "../../kernel/events/mod.ts";
import { followFeed } from "../../kernel/follow_feed.ts";
import { denoClock, denoFiles } from "../../kernel/powers_deno.ts";

const record = (message: string): LogRecord => ({ time: "2026-01-31T12:00:00.000Z", level: "INFO", api: "a", message });

function open(path: string, epoch: number): LineFeed<LogRecord> {
  const file = new RotatingFile({
    files: denoFiles,
    path,
    clock: denoClock,
    max_age_ms: Infinity,
    max_bytes: 1e6,
    keep: 1,
    max_waiting: 1e5,
  });
  return new LineFeed<LogRecord>(file, 100, epoch);
}
async function read(feed: LineFeed<LogRecord>, after: string | undefined, lines: number): Promise<LogRecord[]> {
  const items: LogRecord[] = [];
  const send = (item: LogRecord) => Promise.resolve(void items.push(item));
  const stream = { signal: new AbortController().signal, push: send, send };
  const params = { follow: false, lines, ...(after !== undefined && { after }) };
  await followFeed(feed, ({ message }) => message !== "unwanted", params, stream);
  return items;
}
const said = (items: readonly LogRecord[]) => items.map(({ message }) => message);

Deno.test("followFeed gives a reader that comes back what it has missed, once, whatever of it had reached the disk", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/host.jsonl`;
  const first = open(path, 4);
  for (const n of [1, 2, 3]) first.push(record(`old ${n}`));
  await first.close();
  const on_disk = await readTail<LogRecord>(denoFiles, path, 100);
  // The reader has seen a fourth one, which died with its kernel.
  const seen = "4-4";

  const second = open(path, 5);
  second.remember(on_disk);
  for (const n of [1, 2]) second.push(record(`new ${n}`));
  second.push(record("unwanted"));
  assert.deepEqual(said(await read(second, seen, 1)), ["new 1", "new 2"]);
  assert.deepEqual(said(await read(second, "4-2", 1)), ["old 3", "new 1", "new 2"]);
  assert.deepEqual(said(await read(second, "5-2", 1)), []);
  assert.deepEqual(said(await read(second, undefined, 2)), ["new 1", "new 2"]);
  assert.deepEqual(said(await read(second, undefined, 0)), []);
  await second.close();
  await Deno.remove(folder, { recursive: true });
});
