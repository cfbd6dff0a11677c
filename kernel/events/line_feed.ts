/** A log that is kept on disk as JSON Lines, remembered for a while, and followed by whoever asks. */
import { RingLog } from "../primitives/ring_log.ts";
import { visibleJson } from "../primitives/visible_json.ts";
import type { RotatingFile } from "./rotating_file.ts";

export class LineFeed<Item> {
  readonly #file: RotatingFile;
  readonly #recent: RingLog<Item>;
  readonly #followers = new Set<(item: Item) => void>();

  constructor(file: RotatingFile, remembered: number) {
    this.#file = file;
    this.#recent = new RingLog(remembered);
  }

  push(item: Item): void {
    this.#file.append(visibleJson(JSON.stringify(item)));
    this.#recent.push(item);
    for (const follower of this.#followers) follower(item);
  }

  /** The latest items, oldest first. */
  recent(): readonly Item[] {
    return this.#recent.items();
  }

  /** Takes up items that were written before this process (the tail of the file). */
  remember(items: Iterable<Item>): void {
    for (const item of items) this.#recent.push(item);
  }

  /** Calls back for every later item, until the returned function is called. The follower must not throw or wait. */
  follow(follower: (item: Item) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
