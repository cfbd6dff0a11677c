/** The prompt and everything that is said above it. What arrives never destroys what is being typed. */
import process from "node:process";
import { clearScreenDown, createInterface, cursorTo, moveCursor } from "node:readline";

export interface Screen {
  /** A line, or several, above the prompt. Already safe to show. */
  print(text: string): void;
  /** Shows the prompt again, when a line was dealt with. */
  ready(): void;
  /** Lines as they are typed; ends at the end of input, or when the person leaves. */
  readonly lines: AsyncIterable<string>;
  close(): void;
}

export interface ScreenStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  /** A person sits there: with a prompt, history and line editing. */
  readonly terminal: boolean;
}

export function processStreams(): ScreenStreams {
  return {
    input: process.stdin,
    output: process.stdout,
    terminal: Deno.stdin.isTerminal() && Deno.stdout.isTerminal(),
  };
}

const HISTORY = 500;

/** `interrupted` is called for a Ctrl-C on an empty line. */
export function openScreen(
  prompt: string,
  { input, output, terminal }: ScreenStreams,
  interrupted: () => void,
): Screen {
  const reader = createInterface(
    {
      input,
      output: terminal ? output : undefined,
      terminal,
      prompt,
      historySize: HISTORY,
      removeHistoryDuplicates: true,
    } as Parameters<typeof createInterface>[0],
  );
  const lines = lineQueue(reader);
  let closed = false;
  reader.on("close", () => closed = true);
  reader.on("SIGINT", () => {
    if (reader.line === "") return interrupted();
    reader.write("", { ctrl: true, name: "e" });
    reader.write("", { ctrl: true, name: "u" }); // as shells do: the line is thrown away
  });
  return {
    print(text) {
      if (!terminal || closed) return void output.write(`${text}\n`);
      const { rows } = reader.getCursorPos();
      cursorTo(output, 0);
      if (rows > 0) moveCursor(output, 0, -rows);
      clearScreenDown(output);
      output.write(`${text}\n`);
      reader.prompt(true);
    },
    ready() {
      if (terminal && !closed) reader.prompt();
    },
    lines,
    close: () => reader.close(),
  };
}

/** By hand, and from the start: readline's own iterator loses lines that come before it is asked. */
function lineQueue(reader: ReturnType<typeof createInterface>): AsyncIterable<string> {
  const waiting: string[] = [];
  let ended = false;
  let wake = () => {};
  reader.on("line", (line) => {
    waiting.push(line);
    wake();
  });
  reader.on("close", () => {
    ended = true;
    wake();
  });
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift()!;
        if (ended) return;
        await new Promise<void>((resolve) => wake = resolve);
      }
    },
  };
}
