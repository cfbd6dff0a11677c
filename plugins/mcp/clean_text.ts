/** Others' texts for a person's screen and a model's prompt: of one line, without control, format and direction characters, and short. */
export function cleanText(text: string, most_units: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu, " ").replace(/ {2,}/g, " ").trim();
  return clean.length <= most_units ? clean : `${clean.slice(0, most_units - 1)}…`;
}
