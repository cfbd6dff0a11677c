/** Text that a module had a hand in, on its way to a terminal: nothing in it may move the cursor, hide a line or forge one. */
import { escapeText } from "../primitives/escape_text.ts";

/** Keeps its lines. */
export function safeText(text: string): string {
  return text.split("\n").map(escapeText).join("\n");
}

/** On one line: its line breaks are shown, not obeyed. */
export function safeLine(text: string): string {
  return escapeText(text);
}

/** Under its first line, indented, so that no line of it passes for an entry of its own. */
export function safeBlock(text: string): string {
  return text.replace(/\n+$/, "").split("\n").map(escapeText).join("\n    ");
}
