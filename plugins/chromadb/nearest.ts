/** The nearest so far, the nearest first; of two equally near ones the one that came first. */
export class Nearest<T> {
  readonly #kept: { readonly distance: number; readonly value: T }[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  offer(distance: number, value: T): void {
    if (this.#kept.length === this.#most && distance >= this.#kept[this.#most - 1]!.distance) return;
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#kept[middle]!.distance <= distance) low = middle + 1;
      else high = middle;
    }
    this.#kept.splice(low, 0, { distance, value });
    if (this.#kept.length > this.#most) this.#kept.pop();
  }

  values(): readonly { readonly distance: number; readonly value: T }[] {
    return this.#kept;
  }
}
