/** One line on stderr that is written over as work goes on; nothing where nobody looks. */

export interface ProgressLine {
  /** Shows the text, but not more often than an eye can follow. */
  show(text: string): void;
  /** Takes the line away. Twice is harmless. */
  clear(): void;
}

const BETWEEN_MS = 100;
const SILENT: ProgressLine = { show() {}, clear() {} };

export function progressLine(wanted: boolean): ProgressLine {
  if (!wanted || !Deno.stderr.isTerminal()) return SILENT;
  let shown_at = -Infinity;
  let there = false;
  return {
    show(text) {
      const now = performance.now();
      if (now - shown_at < BETWEEN_MS) return;
      shown_at = now;
      there = true;
      write(`\r\x1b[K${cut(text)}`);
    },
    clear() {
      if (there) write("\r\x1b[K");
      there = false;
    },
  };
}

/** A line that wraps could not be written over. */
function cut(text: string): string {
  try {
    return text.slice(0, Deno.consoleSize().columns - 1);
  } catch {
    return text.slice(0, 79);
  }
}

function write(text: string): void {
  try {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  } catch { /* nobody looks any more */ }
}
