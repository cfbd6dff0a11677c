/**
 * How the one file is laid out: a first line that says where the list of pieces is, the code that starts a role, then one comment with all pieces in
 * base64 and their list. A process reads the pieces that its role needs, by their places; V8 skips a comment without keeping anything of it.
 */

export interface PlacedPiece {
  /** Of its base64 text, in the file. */
  readonly at: number;
  readonly length: number;
  readonly deflated: boolean;
}
export type PieceList = ReadonlyMap<string, PlacedPiece>;

export interface NewPiece {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflated: boolean;
}

/** Bytes that are enough for the first line. */
export const FIRST_LINE_BYTES = 128;
const FIRST_LINE = /^\/\/ meta-machine \S+ in one file; list of its pieces: (\d{10}) (\d{10})\n/;

/** The whole file. The code is ASCII and closes its last comment. */
export function layOut(version: string, code: string, pieces: readonly NewPiece[]): string {
  const before = `${firstLine(version, 0, 0)}${code}\n/*\n`;
  let at = before.length;
  let body = "";
  const list: Record<string, [number, number, 0 | 1]> = {};
  for (const { name, bytes, deflated } of pieces) {
    const text = bytes.toBase64();
    list[name] = [at, text.length, deflated ? 1 : 0];
    body += text + "\n";
    at += text.length + 1;
  }
  const listed = JSON.stringify(list);
  return `${before}${body}${listed}\n*/\n`.replace(firstLine(version, 0, 0), firstLine(version, at, listed.length));
}

/** Where the list is; undefined for a text that is not the one file's beginning. */
export function findList(beginning: string): { readonly at: number; readonly length: number } | undefined {
  const found = FIRST_LINE.exec(beginning);
  return found === null ? undefined : { at: Number(found[1]), length: Number(found[2]) };
}

export function parseList(text: string): PieceList {
  const list = Object.entries(JSON.parse(text) as Record<string, [number, number, 0 | 1]>);
  return new Map(list.map(([name, [at, length, deflated]]) => [name, { at, length, deflated: deflated === 1 }]));
}

function firstLine(version: string, at: number, length: number): string {
  const digits = (count: number) => String(count).padStart(10, "0");
  return `// meta-machine ${version} in one file; list of its pieces: ${digits(at)} ${digits(length)}\n`;
}
