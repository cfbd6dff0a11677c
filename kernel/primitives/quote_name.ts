/** Names come again and again; more different ones than this are a storm, and are quoted anew each time. */
const KEPT = 2_048;
const kept = new Map<string, string>();

/** A name as JSON writes it, remembered: headers are made of a few names, said a million times. */
export function quoteName(name: string): string {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const quoted = JSON.stringify(name);
  if (kept.size < KEPT) kept.set(name, quoted);
  return quoted;
}
