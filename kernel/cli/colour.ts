/** The few colours that tables and logs use; the plain text where none are wanted. */
const CODES = Object.freeze({
  red: "31",
  green: "32",
  yellow: "33",
  cyan: "36",
  dim: "2",
  bold: "1",
  alarm: "1;97;41",
});

export type Colour = keyof typeof CODES;

export function paint(text: string, colour: Colour | undefined, wanted: boolean): string {
  return wanted && colour !== undefined ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text;
}

/** Of 256, in the middle between black and white: no red and no yellow, which mean something. */
const NAME_COLOURS = [33, 37, 40, 63, 70, 75, 78, 99, 108, 135, 139, 141, 170, 177, 44, 173];

/** A name in a colour that is always the same for it. */
export function paintName(name: string, text: string, wanted: boolean): string {
  if (!wanted) return text;
  let hash = 2_166_136_261; // FNV-1a, of whose bits the upper ones are mixed best
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 16_777_619) >>> 0;
  return `\x1b[38;5;${NAME_COLOURS[(hash >>> 15) % NAME_COLOURS.length]}m${text}\x1b[0m`;
}
