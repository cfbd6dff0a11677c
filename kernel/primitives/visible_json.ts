/** DEL and the C1 controls (0x9b alone begins an escape sequence), line separators, what changes the direction of writing, what is invisible. */
const UNSEEN =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * JSON text that is safe to show and means the same: JSON leaves some characters alone that move a terminal's cursor or turn its text around. Outside
 * of strings it has none of them.
 */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (character) => character.split("").map(escapeUnit).join(""));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
