/** Lines of text over bytes. */
export interface Reads {
  read(into: Uint8Array): Promise<number | null>;
}

/** Resolves at the end of the stream. */
export async function eachLine(stream: Reads, take: (line: string) => void): Promise<void> {
  const buffer = new Uint8Array(65_536);
  const utf8 = new TextDecoder();
  let rest = "";
  for (;;) {
    const count = await stream.read(buffer);
    if (count === null) return;
    rest += utf8.decode(buffer.subarray(0, count), { stream: true });
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      take(line);
    }
  }
}
