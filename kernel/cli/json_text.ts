/** Plain data as JSON text that is safe to show: JSON leaves some characters alone that move a terminal's cursor or turn its text around. */
import type { Plain } from "../contract/plain.ts";
import { plainToJson } from "../primitives/plain_to_json.ts";

/** DEL and the C1 controls (0x9b alone begins an escape sequence), line separators, what changes the direction of writing, what is invisible. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Takes plain data; anything else is a defect. Indented for a document, on one line for JSON Lines. Outside of strings JSON has none of the characters that are escaped. */
export function jsonText(value: unknown, form: "document" | "line"): string {
  return JSON.stringify(plainToJson(value as Plain), null, form === "document" ? 2 : 0).replace(
    UNSAFE,
    escapeCharacter,
  );
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
