/** A command in Redis's protocol (RESP2): a list of byte strings, each with its length before it, so that no byte in it means anything. */
const utf8 = new TextEncoder();
const CRLF = utf8.encode("\r\n");

export function encodeCommand(args: readonly (string | Uint8Array)[]): Uint8Array {
  const pieces: Uint8Array[] = [utf8.encode(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = typeof arg === "string" ? utf8.encode(arg) : arg;
    pieces.push(utf8.encode(`$${bytes.length}\r\n`), bytes, CRLF);
  }
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
