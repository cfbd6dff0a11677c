/**
 * The whole terminal for a while: the alternate screen without a cursor, and without echo of what is typed. However the command ends, short of
 * kill -9, the terminal is afterwards as it was; also while the command is suspended (Ctrl-Z).
 */

export interface Screen {
  size(): { readonly columns: number; readonly rows: number };
  /** In place of what was there; lines are not wider than the screen. */
  draw(lines: readonly string[]): void;
  /** Twice is harmless. */
  leave(): void;
}

export interface ScreenEvents {
  /** A key, as the terminal sends it. */
  readonly key: (text: string) => void;
  /** The size is another one, or the command goes on after Ctrl-Z: draw again. */
  readonly redraw: () => void;
}

// Alternate screen, no cursor, no wrapping; and all of it back in the reverse order.
const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

export function openScreen({ key, redraw }: ScreenEvents): Screen {
  let state: "open" | "suspended" | "left" = "open";
  const suspend = () => {
    if (state !== "open") return;
    state = "suspended";
    setKeys(false);
    write(LEAVE);
    Deno.kill(Deno.pid, "SIGSTOP");
  };
  const resume = () => {
    if (state !== "suspended") return;
    state = "open";
    enter();
    redraw();
  };
  const leave = () => {
    if (state === "left") return;
    if (state === "open") write(LEAVE);
    state = "left";
    setKeys(false);
    for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
    globalThis.removeEventListener("unload", leave);
  };
  const listeners = [["SIGWINCH", redraw], ["SIGTSTP", suspend], ["SIGCONT", resume]] as const;
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  globalThis.addEventListener("unload", leave); // an exit that nobody expected
  enter();
  void readKeys(key, () => state === "left");
  return {
    size: terminalSize,
    draw(lines) {
      if (state !== "open") return;
      // Cleared line by line, before what is written: behind a line of full width the cursor stands on its last character.
      const text = lines.map((line) => `\x1b[K${line}`).join("\r\n");
      const below = lines.length < terminalSize().rows ? "\r\n\x1b[J" : "";
      write(`\x1b[H${text}${below}`); // in one write: nothing flickers
    },
    leave,
  };
}

function enter(): void {
  setKeys(true);
  write(ENTER);
}

/** Keys one by one and unseen; Ctrl-C and Ctrl-Z stay signals. */
function setKeys(single: boolean): void {
  try {
    if (Deno.stdin.isTerminal()) Deno.stdin.setRaw(single, single ? { cbreak: true } : undefined);
  } catch { /* the terminal has gone */ }
}

async function readKeys(key: (text: string) => void, left: () => boolean): Promise<void> {
  if (!Deno.stdin.isTerminal()) return;
  const buffer = new Uint8Array(64);
  while (!left()) {
    const count = await Deno.stdin.read(buffer).catch(() => null);
    if (count === null) return;
    if (!left()) key(new TextDecoder().decode(buffer.subarray(0, count)));
  }
}

function terminalSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    if (columns > 0 && rows > 0) return { columns, rows };
  } catch { /* the terminal has gone */ }
  return { columns: 80, rows: 24 };
}

function write(text: string): void {
  try {
    let rest = new TextEncoder().encode(text);
    while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
  } catch { /* the terminal has gone */ }
}
