/** Bytes to lines. Only new bytes are scanned and a line's length is bounded: one without an end costs its cap, not its square. */

export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** The input ended: what is left is a line too. */
  end(): void;
}

/** Hands out each line without its end; `cut` says that bytes beyond the cap were left out. */
export function splitLines(cap_bytes: number, take: (line: string, cut: boolean) => void): LineSplitter {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let held = 0;
  let cut = false;

  const keep = (bytes: Uint8Array) => {
    const room = cap_bytes - held;
    if (bytes.length > room) cut = true;
    // A copy, since whoever reads may use its buffer again.
    const kept = bytes.slice(0, room);
    if (kept.length > 0) parts.push(kept);
    held += kept.length;
  };
  const emit = () => {
    let line = parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
    if (line.endsWith("\r")) line = line.slice(0, -1);
    const was_cut = cut;
    [parts, held, cut] = [[], 0, false];
    take(line, was_cut);
  };

  return {
    push: (chunk) => {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        keep(chunk.subarray(from, at));
        emit();
        from = at + 1;
      }
      if (from < chunk.length) keep(chunk.subarray(from));
    },
    end: () => {
      if (held > 0) emit();
    },
  };
}
