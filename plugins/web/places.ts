/** How many things may be under way at once, of all and of one. A place is given back once, however often that is said. */
export interface PlaceBounds {
  readonly all: number;
  readonly each: number;
}

export type Taken = { readonly give_back: () => void } | { readonly full: "all" | "each"; readonly allowed: number };

export class Places {
  readonly #bounds: PlaceBounds;
  readonly #of = new Map<string, number>();
  #all = 0;

  constructor(bounds: PlaceBounds) {
    this.#bounds = bounds;
  }

  get taken(): number {
    return this.#all;
  }

  take(who: string): Taken {
    const { all, each } = this.#bounds;
    const own = this.#of.get(who) ?? 0;
    if (own >= each) return { full: "each", allowed: each };
    if (this.#all >= all) return { full: "all", allowed: all };
    this.#all++;
    this.#of.set(who, own + 1);
    let given_back = false;
    return {
      give_back: () => {
        if (given_back) return;
        given_back = true;
        this.#all--;
        const left = this.#of.get(who)! - 1;
        if (left > 0) this.#of.set(who, left);
        else this.#of.delete(who);
      },
    };
  }
}
