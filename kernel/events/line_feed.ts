/** A log that is kept on disk as JSON Lines, remembered for a while, and followed by whoever asks. */
import { parseRecordId, recordId } from "../primitives/record_id.ts";
import { RingLog } from "../primitives/ring_log.ts";
import { visibleJson } from "../primitives/visible_json.ts";
import type { LogBounds } from "./log_bounds.ts";
import type { RotatingFile } from "./rotating_file.ts";

export class LineFeed<Item extends { readonly id?: string }> {
  readonly #file: RotatingFile;
  readonly #epoch: number;
  #count = 0;
  readonly #recent: RingLog<Item>;
  readonly #followers = new Set<(item: Item) => void>();

  /** `epoch`: which kernel writes. */
  constructor(file: RotatingFile, remembered: number, epoch: number) {
    this.#file = file;
    this.#recent = new RingLog(remembered);
    this.#epoch = epoch;
  }

  push(record: Item): void {
    const item = { ...record, id: recordId({ epoch: this.#epoch, count: ++this.#count }) };
    this.#file.append(visibleJson(JSON.stringify(item)));
    this.#recent.push(item);
    for (const follower of this.#followers) follower(item);
  }

  /** The id of what was written last: whatever comes stands after it. */
  get mark(): string {
    return recordId({ epoch: this.#epoch, count: this.#count });
  }

  /** The latest items, oldest first. */
  recent(): readonly Item[] {
    return this.#recent.items();
  }

  /** Takes up items that were written before (the tail of the file). Of this epoch there are some when a kernel before this one did not boot. */
  remember(items: Iterable<Item>): void {
    for (const item of items) {
      this.#recent.push(item);
      const place = parseRecordId(item.id);
      if (place?.epoch === this.#epoch) this.#count = Math.max(this.#count, place.count);
    }
  }

  /** Calls back for every later item, until the returned function is called. The follower must not throw or wait. */
  follow(follower: (item: Item) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  bound(bounds: LogBounds): void {
    this.#file.bound(bounds);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
