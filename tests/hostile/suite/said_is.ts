import assert from "node:assert/strict";

/** Throws unless the text is in what was said; between slashes it is a pattern. */
export function saidIs(what: string, said: string, expected: string): void {
  assert.ok(saidIs.holds(said, expected), `${what}: found ${said.slice(0, 1_000)}\nexpected ${expected}`);
}

saidIs.holds = (said: string, expected: string): boolean => {
  const pattern = /^\/(.*)\/([a-z]*)$/s.exec(expected);
  return pattern === null ? said.includes(expected) : new RegExp(pattern[1]!, pattern[2]).test(said);
};
