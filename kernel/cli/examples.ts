/** The end of a command's help: lines that can be typed as they stand. */
export function examples(...lines: readonly string[]): string {
  return ["", "Examples:", ...lines.map((line) => `  deno task cli ${line}`)].join("\n");
}
