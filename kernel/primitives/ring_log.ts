import { invariant } from "./invariant.ts";

/** The last so many items, in constant memory. */
export class RingLog<Item> {
  readonly #room: number;
  #items: Item[] = [];
  /** Where the oldest is, once the ring is full. */
  #oldest = 0;

  constructor(room: number) {
    invariant(Number.isSafeInteger(room) && room > 0, "a ring has room for something");
    this.#room = room;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    if (this.#items.length < this.#room) {
      this.#items.push(item);
      return;
    }
    this.#items[this.#oldest] = item;
    this.#oldest = (this.#oldest + 1) % this.#room;
  }

  /** A copy, oldest first; with `last`, only so many of the latest. */
  items(last: number = this.#room): Item[] {
    const all = [...this.#items.slice(this.#oldest), ...this.#items.slice(0, this.#oldest)];
    return last >= all.length ? all : all.slice(all.length - Math.max(0, last));
  }
}
