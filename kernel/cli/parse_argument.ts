/** An argument of `call`: JSON where it is JSON, else the text itself, so that names need no quotes within quotes. */
export function parseArgument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
