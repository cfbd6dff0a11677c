/** Sessions that run, so that none outlives this program, and the folder in which all their temporary files lie. */
import type { Contender, Session, SessionWishes } from "./contender.ts";

export class OpenSessions implements AsyncDisposable {
  /** Also those that are only about to be there. */
  readonly #open = new Set<Promise<Session>>();
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
    const opening = contender.open(wishes);
    this.#open.add(opening);
    try {
      await using session = await opening;
      return await run(session);
    } finally {
      this.#open.delete(opening);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#open].map(async (opening) => await (await opening)[Symbol.asyncDispose]()));
    await Deno.remove(this.#folder, { recursive: true }).catch(() => {});
  }
}
