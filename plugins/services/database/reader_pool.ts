import type { SqlConnection } from "./sql_connection.ts";
import { type Leave, Turns } from "./turns.ts";

/** Kept open when nobody reads on them: each costs its page cache. */
const SPARE = 2;

/** Connections that read, lent one by one; who finds none waits in order. */
export class ReaderPool {
  readonly #open: () => SqlConnection;
  readonly #turns: Turns;
  readonly #spare: SqlConnection[] = [];
  readonly #lent = new Set<SqlConnection>();

  constructor(most: number, open: () => SqlConnection) {
    this.#turns = new Turns(most, "a connection to read on");
    this.#open = open;
  }

  async take(signal?: AbortSignal): Promise<{ readonly connection: SqlConnection; readonly leave: Leave }> {
    const leaveTurn = await this.#turns.take(signal);
    try {
      const connection = this.#spare.pop() ?? this.#open();
      this.#lent.add(connection);
      const leave = () => {
        if (!this.#lent.delete(connection)) return;
        if (this.#spare.length < SPARE) this.#spare.push(connection);
        else connection.close();
        leaveTurn();
      };
      return { connection, leave };
    } catch (error) {
      leaveTurn();
      throw error;
    }
  }

  /** Sessions have ended before. */
  close(): void {
    for (const connection of [...this.#spare.splice(0), ...this.#lent]) connection.close();
    this.#lent.clear();
  }
}
