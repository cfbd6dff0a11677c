/** Blocks for people: the calls, or the line at fault with a caret under the place. */
import { type BracketBlock, type BracketCall, renderValue } from "../../guest/mod.ts";
import { safeLine } from "../safe_text.ts";
import { textWidth } from "../text_width.ts";

/** Of a long line so much is shown before the place, and behind it. */
const AROUND = 60;

/** `text` is the whole text, in which lines and columns count. */
export function renderBlocks(blocks: readonly BracketBlock[], text: string): string {
  if (blocks.length === 0) return "no tool block";
  const lines = text.split("\n");
  return blocks.map((block) => renderBlock(block, lines)).join("\n");
}

function renderBlock({ line, calls, warnings, error }: BracketBlock, lines: readonly string[]): string {
  if (error !== null) {
    const head = `line ${error.line}, column ${error.column}: ${error.code}: ${safeLine(error.message)}`;
    return `${head}\n${markPlace(lines[error.line - 1] ?? "", error.column)}`;
  }
  const told = warnings.map((one) => `  warning: line ${one.line}, column ${one.column}: ${safeLine(one.message)}`);
  const shown = calls.length === 0 ? ["no call"] : calls.map(renderCall);
  return [`line ${line}: ${shown[0]}`, ...shown.slice(1).map((one) => `  ${one}`), ...told].join("\n");
}

function renderCall({ call, params, id }: BracketCall): string {
  return `${safeLine(call)} ${safeLine(renderValue(params))}${id === undefined ? "" : ` (id ${safeLine(id)})`}`;
}

function markPlace(line: string, column: number): string {
  const from = Math.max(0, column - 1 - AROUND);
  const before = safeLine(line.slice(from, column - 1));
  const behind = safeLine(line.slice(column - 1, column - 1 + AROUND).trimEnd());
  return `  ${before}${behind}\n  ${" ".repeat(textWidth(before))}^`;
}
