/** The few colours that tables use; the plain text where none are wanted. */
const CODES = Object.freeze({ red: 31, green: 32, yellow: 33, cyan: 36, dim: 2, bold: 1 });

export type Colour = keyof typeof CODES;

export function paint(text: string, colour: Colour | undefined, wanted: boolean): string {
  return wanted && colour !== undefined ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text;
}
