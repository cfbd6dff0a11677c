import { type Leave, Turns } from "../turns.ts";
import type { SessionMode } from "../engine.ts";
import type { PgConnection } from "./connection.ts";

/** How many one caller may use at once, of those of all: the others wait in order. */
const PER_CALLER = 6;
/** Kept open for the next statement of the same caller. */
const SPARE_MS = 10_000;

interface Spare {
  readonly key: string;
  readonly connection: PgConnection;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Connections to the server, each of one caller. At most so many are open at once; a spare one of another caller makes room. */
export class ConnectionPool {
  readonly #open: (caller: string, mode: SessionMode) => Promise<PgConnection>;
  readonly #all: Turns;
  readonly #callers = new Map<string, Turns>();
  readonly #most: number;
  readonly #busy = new Set<PgConnection>();
  #spares: Spare[] = [];
  #opening = 0;

  constructor(most: number, open: (caller: string, mode: SessionMode) => Promise<PgConnection>) {
    this.#most = most;
    this.#all = new Turns(most, "a connection to PostgreSQL");
    this.#open = open;
  }

  async take(
    caller: string,
    mode: SessionMode,
    signal?: AbortSignal,
  ): Promise<{ readonly connection: PgConnection; readonly leave: Leave }> {
    const leaveCaller = await this.#turnsOf(caller).take(signal);
    const leaveAll = await this.#all.take(signal).catch((error) => {
      leaveCaller();
      throw error;
    });
    const key = `${caller} ${mode}`;
    try {
      const connection = this.#spare(key) ?? await this.#openOne(caller, mode);
      this.#busy.add(connection);
      const leave = () => {
        if (!this.#busy.delete(connection)) return;
        this.#keep(key, connection);
        leaveAll();
        leaveCaller();
      };
      return { connection, leave };
    } catch (error) {
      leaveAll();
      leaveCaller();
      throw error;
    }
  }

  async close(): Promise<void> {
    const spares = this.#spares.splice(0);
    for (const { timer } of spares) clearTimeout(timer);
    for (const connection of this.#busy) connection.destroy();
    this.#busy.clear();
    await Promise.all(spares.map(({ connection }) => connection.close()));
  }

  #turnsOf(caller: string): Turns {
    const turns = this.#callers.get(caller) ?? new Turns(PER_CALLER, "one of its connections to PostgreSQL");
    this.#callers.set(caller, turns);
    return turns;
  }

  #spare(key: string): PgConnection | undefined {
    for (;;) {
      const index = this.#spares.findLastIndex((spare) => spare.key === key);
      if (index === -1) return undefined;
      const { connection, timer } = this.#spares.splice(index, 1)[0]!;
      clearTimeout(timer);
      if (!connection.ended) return connection;
    }
  }

  async #openOne(caller: string, mode: SessionMode): Promise<PgConnection> {
    while (this.#spares.length > 0 && this.#spares.length + this.#busy.size + this.#opening >= this.#most) {
      const { connection, timer } = this.#spares.shift()!;
      clearTimeout(timer);
      await connection.close();
    }
    this.#opening++;
    try {
      return await this.#open(caller, mode);
    } finally {
      this.#opening--;
    }
  }

  #keep(key: string, connection: PgConnection): void {
    if (connection.ended) return;
    const drop = () => {
      this.#spares = this.#spares.filter((spare) => spare.connection !== connection);
      void connection.close();
    };
    this.#spares.push({ key, connection, timer: setTimeout(drop, SPARE_MS) });
  }
}
