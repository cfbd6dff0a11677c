/** Lines that open and close a fenced block, as Markdown has them. */
import { CHAR } from "./chars.ts";

export interface Fence {
  /** The character it is made of. */
  readonly mark: number;
  readonly length: number;
  /** What stands behind it. */
  readonly info: string;
}

const OPENING = /^ {0,3}(`{3,}|~{3,})(.*)$/s;
const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t\r]*$/;
const PREFIX = /^ {0,3}(?:`{0,2}|~{0,2}|`{3,}.*|~{3,}.*)$/s;

/** The fence that this line opens. */
export function openingFence(line: string): Fence | undefined {
  const [, marks, info] = OPENING.exec(line) ?? [];
  if (marks === undefined || info === undefined || (marks[0] === "`" && info.includes("`"))) return undefined;
  return { mark: marks.charCodeAt(0), length: marks.length, info: info.trim() };
}

export function closesFence(line: string, { mark, length }: Fence): boolean {
  const marks = CLOSING.exec(line)?.[1];
  return marks !== undefined && marks.charCodeAt(0) === mark && marks.length >= length;
}

/** Whether a line that begins so may become a fence. */
export function mayBeFence(line: string): boolean {
  return PREFIX.test(line);
}
/** By its first character alone. */
export function mayBeginFence(code: number): boolean {
  return code === CHAR.space || code === CHAR.backtick || code === CHAR.tilde;
}
