/** How many requests there were, by route and status. Paths that are no route count as one: strangers can't make rows. */
export class RequestCounts {
  readonly #counts = new Map<string, { readonly route: string; readonly status: number; count: number }>();

  add(route: string, status: number): void {
    const key = `${status} ${route}`;
    const row = this.#counts.get(key) ?? { route, status, count: 0 };
    row.count++;
    this.#counts.set(key, row);
  }

  rows(): readonly { readonly route: string; readonly status: number; readonly count: number }[] {
    return [...this.#counts.values()].sort((a, b) =>
      a.route < b.route ? -1 : a.route > b.route ? 1 : a.status - b.status
    );
  }
}
