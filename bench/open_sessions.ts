/** Sessions that run, so that none outlives this program, and the folder in which all their temporary files lie. */
import type { Contender, Session, SessionWishes } from "./contender.ts";

export class OpenSessions implements AsyncDisposable {
  readonly #open = new Set<Session>();
  readonly #folder: string;
  #closed = false;

  constructor() {
    this.#folder = Deno.makeTempDirSync({ prefix: "mmb" });
    // Inherited by all, and what is in it names its processes: hosts and sockets bear the path in their arguments.
    Deno.env.set("TMPDIR", this.#folder);
  }

  /** Opens, runs, ends. */
  async with<Result>(
    contender: Contender,
    wishes: SessionWishes,
    run: (session: Session) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closed) throw new Error("the measurement was ended");
    const session = await contender.open(wishes);
    this.#open.add(session);
    try {
      return await run(session);
    } finally {
      await session[Symbol.asyncDispose]();
      this.#open.delete(session);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((session) => session[Symbol.asyncDispose]()));
    await Deno.remove(this.#folder, { recursive: true }).catch(() => {});
  }
}
