import { clipText } from "../../../../primitives/clip_text.ts";
import { escapeText } from "../../../../primitives/escape_text.ts";

/** Three or more would be a fence. */
const FENCES = /(`|~)\1{2,}/g;

/**
 * What a module's author wrote, in its place in a prompt: in quotes on one line, of at most so many units within them, without fences, and with what a terminal or a
 * reader would obey spelled out. Nobody vouches for what it says.
 */
export function quoteForeign(text: string, most: number): string {
  const line = escapeText(text.replaceAll(/\s+/g, " ").trim());
  return JSON.stringify(clipText(withoutFences(line), most));
}

/** Shorter than a fence, whatever stands around it. */
export function withoutFences(line: string): string {
  return line.replaceAll(FENCES, "$1");
}
