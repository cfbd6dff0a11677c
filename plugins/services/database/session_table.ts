import { fault } from "meta-machine";
import type { EngineSession } from "./engine.ts";

export interface SessionLimits {
  /** How long a session may be without a statement: whoever is gone or forgets it would keep all others from writing. */
  readonly session_idle_ms: number;
  /** How long it may last at all. */
  readonly session_max_ms: number;
  /** How many one caller may have at once. */
  readonly sessions_per_caller: number;
}

/** What a caller is told of its session. */
export interface OpenedSession {
  readonly id: string;
  readonly idle_ms: number;
  readonly max_ms: number;
}

interface Kept {
  readonly id: string;
  readonly caller: string;
  readonly session: EngineSession;
  /** Calls that are being served in it. */
  busy: number;
  idle: ReturnType<typeof setTimeout> | undefined;
  readonly last: ReturnType<typeof setTimeout>;
}

/** Of how many ended sessions the reason is still known. */
const REMEMBERED = 256;

/** The sessions that are open. Each belongs to one caller, and ends at its time whatever its caller does. */
export class SessionTable {
  readonly #limits: SessionLimits;
  readonly #kept = new Map<string, Kept>();
  /** Sessions by caller, those that are still being opened too. */
  readonly #counts = new Map<string, number>();
  readonly #ended = new Map<string, string>();

  constructor(limits: SessionLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#kept.size;
  }

  async open(caller: string, begin: () => Promise<EngineSession>): Promise<OpenedSession> {
    const { session_idle_ms, session_max_ms, sessions_per_caller } = this.#limits;
    const count = this.#counts.get(caller) ?? 0;
    if (count >= sessions_per_caller) {
      throw fault("rate_limited", `'${caller}' has ${count} sessions open; ${sessions_per_caller} are allowed`, {
        hint: "end one with session_close(id, 'commit' or 'rollback'), or raise sessions_per_caller",
      });
    }
    this.#counts.set(caller, count + 1);
    try {
      const session = await begin();
      const id = crypto.randomUUID();
      const last = setTimeout(
        () => this.#expire(id, `it lasted ${session_max_ms} ms (session_max_ms)`),
        session_max_ms,
      );
      const kept: Kept = { id, caller, session, busy: 0, idle: undefined, last };
      this.#kept.set(id, kept);
      this.#rest(kept);
      return { id, idle_ms: session_idle_ms, max_ms: session_max_ms };
    } catch (error) {
      this.#uncount(caller);
      throw error;
    }
  }

  /** Does something in a session; its idle time begins anew behind it. */
  async use<T>(caller: string, id: unknown, act: (session: EngineSession) => T | Promise<T>): Promise<T> {
    const kept = this.#find(caller, id);
    this.#wake(kept);
    try {
      return await act(kept.session);
    } finally {
      this.#rest(kept);
      if (kept.session.over) await this.#remove(kept, "rollback", "a statement ended its transaction");
    }
  }

  /** Passes batches on from a session. While its reader is not asking for one, the session counts as idle. */
  async *stream<T>(
    caller: string,
    id: unknown,
    rows: (session: EngineSession) => AsyncGenerator<T>,
  ): AsyncGenerator<T> {
    const kept = this.#find(caller, id);
    const batches = rows(kept.session);
    try {
      for (;;) {
        this.#find(caller, id);
        this.#wake(kept);
        const { value, done } = await batches.next().finally(() => this.#rest(kept));
        if (done) return;
        yield value;
      }
    } finally {
      await batches.return(undefined);
    }
  }

  async close(caller: string, id: unknown, how: "commit" | "rollback"): Promise<void> {
    const kept = this.#find(caller, id);
    await this.#remove(kept, how, how === "commit" ? "it was committed" : "it was rolled back");
  }

  /** Ends all of them, undone. */
  async closeAll(why: string): Promise<void> {
    await Promise.allSettled([...this.#kept.values()].map((kept) => this.#remove(kept, "rollback", why)));
  }

  #find(caller: string, id: unknown): Kept {
    const kept = typeof id === "string" ? this.#kept.get(id) : undefined;
    if (kept?.caller === caller) return kept;
    // Another's session is as unknown as none: its end is no news either.
    const why = typeof id === "string" ? this.#ended.get(`${caller} ${id}`) : undefined;
    throw fault("conflict", why === undefined ? `'${caller}' has no such session` : `the session has ended: ${why}`, {
      retriable: true,
      hint: "what it had done is undone unless it was committed; begin the transaction again. A session ends when " +
        "session_idle_ms pass without a statement, after session_max_ms, and when the database is reloaded",
    });
  }

  #wake(kept: Kept): void {
    kept.busy++;
    clearTimeout(kept.idle);
  }

  #rest(kept: Kept): void {
    if (kept.busy > 0) kept.busy--;
    if (kept.busy > 0 || !this.#kept.has(kept.id)) return;
    const { session_idle_ms } = this.#limits;
    kept.idle = setTimeout(
      () => this.#expire(kept.id, `${session_idle_ms} ms passed without a statement (session_idle_ms)`),
      session_idle_ms,
    );
  }

  #expire(id: string, why: string): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    console.warn(`a session of '${kept.caller}' was rolled back: ${why}`);
    this.#remove(kept, "rollback", `${why}, and it was rolled back`).catch((error) => console.error(error));
  }

  async #remove(kept: Kept, how: "commit" | "rollback", why: string): Promise<void> {
    if (!this.#kept.delete(kept.id)) return;
    clearTimeout(kept.idle);
    clearTimeout(kept.last);
    this.#uncount(kept.caller);
    this.#ended.set(`${kept.caller} ${kept.id}`, why);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > REMEMBERED) this.#ended.delete(oldest!);
    await kept.session.end(how);
  }

  #uncount(caller: string): void {
    const left = (this.#counts.get(caller) ?? 1) - 1;
    if (left > 0) this.#counts.set(caller, left);
    else this.#counts.delete(caller);
  }
}
