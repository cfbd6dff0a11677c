import type { Clock } from "../contract/powers.ts";
import { invariant } from "./invariant.ts";

/** Milliseconds that share a bucket: nothing fires early, and nothing more than this late (as far as the timer is on time). */
export const BUCKET_MS = 10;
/** Longer timers overflow in some runtimes; the wheel looks again then. */
const LONGEST_MS = 1_000_000_000;

/**
 * Thousands of deadlines on one timer. Adding and removing cost the same however many there are (a first deadline in a bucket of its own costs
 * the logarithm of the number of buckets). What fires has been removed before `expire` is told; `expire` may add and remove. If it throws, the
 * others fire all the same, and the first error is thrown to the timer's caller. After the last item was removed its timer still runs out once
 * (setting it anew for each of many short calls would cost more); `clear` stops it.
 */
export class DeadlineWheel<T> {
  readonly #clock: Pick<Clock, "monotonic" | "after">;
  readonly #expire: (item: T) => void;
  readonly #buckets = new Map<number, Set<T>>();
  /** Which bucket holds an item. */
  readonly #places = new Map<T, number>();
  /** A heap of the buckets' numbers, the earliest on top. */
  readonly #heap: number[] = [];
  #armed = Infinity;
  #cancel: () => void = () => {};

  constructor(clock: Pick<Clock, "monotonic" | "after">, expire: (item: T) => void) {
    this.#clock = clock;
    this.#expire = expire;
  }

  get size(): number {
    return this.#places.size;
  }

  /** `at_ms` on the clock's monotonic scale; one that has passed fires with the next turn of the timer. An item has one deadline: its newest. */
  add(item: T, at_ms: number): void {
    invariant(Number.isFinite(at_ms), "a deadline is a finite time");
    const bucket = Math.ceil(at_ms / BUCKET_MS);
    const before = this.#places.get(item);
    if (before !== undefined) this.#buckets.get(before)?.delete(item);
    this.#places.set(item, bucket);
    const items = this.#buckets.get(bucket);
    if (items !== undefined) {
      items.add(item);
      return;
    }
    this.#buckets.set(bucket, new Set([item]));
    heapPush(this.#heap, bucket);
    if (bucket < this.#armed) this.#arm();
  }

  /** False when it has fired or was never added. */
  remove(item: T): boolean {
    const bucket = this.#places.get(item);
    if (bucket === undefined) return false;
    this.#places.delete(item);
    this.#buckets.get(bucket)?.delete(item);
    return true;
  }

  /** Forgets everything and stops the timer. */
  clear(): void {
    this.#places.clear();
    this.#buckets.clear();
    this.#heap.length = 0;
    this.#disarm();
  }

  /** Emptied buckets are dropped here, not where they were emptied: no wake-up is spent on them. */
  #arm(): void {
    this.#disarm();
    while (this.#heap.length > 0 && this.#buckets.get(this.#heap[0]!)!.size === 0) {
      this.#buckets.delete(heapPop(this.#heap));
    }
    const earliest = this.#heap[0];
    if (earliest === undefined) return;
    this.#armed = earliest;
    const ms = Math.min(LONGEST_MS, Math.max(0, earliest * BUCKET_MS - this.#clock.monotonic()));
    this.#cancel = this.#clock.after(ms, () => this.#turn());
  }

  #disarm(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#armed = Infinity;
  }

  #turn(): void {
    // -Infinity: whatever `expire` adds meanwhile, the timer is set once, at the end.
    this.#cancel = () => {};
    this.#armed = -Infinity;
    const now = this.#clock.monotonic();
    const due: (readonly [number, Set<T>])[] = [];
    while (this.#heap.length > 0 && this.#heap[0]! * BUCKET_MS <= now) {
      const bucket = heapPop(this.#heap);
      due.push([bucket, this.#buckets.get(bucket)!]);
      this.#buckets.delete(bucket);
    }
    const errors: unknown[] = [];
    for (const [bucket, items] of due) this.#fire(bucket, items, errors);
    this.#arm();
    if (errors.length > 0) throw errors[0];
  }

  #fire(bucket: number, items: Set<T>, errors: unknown[]): void {
    for (const item of items) {
      // An expiry before this one may have removed it, or set it another deadline.
      if (this.#places.get(item) !== bucket) continue;
      this.#places.delete(item);
      try {
        this.#expire(item);
      } catch (error) {
        errors.push(error);
      }
    }
  }
}

function heapPush(heap: number[], value: number): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= value) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = value;
}

/** The least value of a heap that is not empty. */
function heapPop(heap: number[]): number {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}
