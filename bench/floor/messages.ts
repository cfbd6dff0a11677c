/** All that is said on the floor. A line is a JSON array of messages: those of one turn of the loop. */
export type Message =
  /** A call of `echo`; from a module it is one of the other module. */
  | readonly [kind: 0, id: number, n: number]
  | readonly [kind: 1, id: number, answer: unknown]
  /** An order to the module that calls another one, answered with figures. */
  | readonly [kind: 2, id: number, order: unknown];

/** Gathers what is said in one turn of the loop into one line. */
export class TurnBatch {
  readonly #leave: (line: string) => void;
  #messages: Message[] = [];

  constructor(leave: (line: string) => void) {
    this.#leave = leave;
  }

  say(message: Message): void {
    if (this.#messages.push(message) > 1) return;
    queueMicrotask(() => {
      const line = JSON.stringify(this.#messages) + "\n";
      this.#messages = [];
      this.#leave(line);
    });
  }
}
