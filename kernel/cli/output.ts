/** The two places a command writes to. stdout has the command's answer and nothing else. */

/** Thrown when nobody reads stdout any more (`| head`): the command ends quietly. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

export interface Output {
  /** stdout is a terminal: what modules said must not reach it raw. */
  readonly terminal: boolean;
  /** Colours are wanted: a terminal, and NO_COLOR is not set. */
  readonly colour: boolean;
  /** Writes to stdout and resolves when the system has taken it. Throws ReaderGone. */
  answer(text: string): Promise<void>;
  /** Writes lines to stderr; never throws, since there is nowhere left to say so. */
  note(text: string): void;
}

/** The real one. */
export function processOutput(): Output {
  const terminal = Deno.stdout.isTerminal();
  const encoder = new TextEncoder();
  return {
    terminal,
    colour: terminal && !Deno.noColor,
    async answer(text) {
      let rest = encoder.encode(text);
      try {
        while (rest.length > 0) rest = rest.subarray(await Deno.stdout.write(rest));
      } catch (error) {
        if (error instanceof Deno.errors.BrokenPipe) throw new ReaderGone();
        throw error;
      }
    },
    note(text) {
      try {
        let rest = encoder.encode(`${text}\n`);
        while (rest.length > 0) rest = rest.subarray(Deno.stderr.writeSync(rest));
      } catch { /* a closed stderr takes nothing */ }
    },
  };
}
