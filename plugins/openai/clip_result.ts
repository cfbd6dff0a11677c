/** A tool's result as plain data that a model can be shown: bytes, dates and large integers in words, and no more of it than fits. */

/** Plain JSON of anything that a handle can give. */
export function plainData(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: toBase64(value) };
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map((item) => item === undefined ? null : plainData(item));
  if (typeof value !== "object" || value === null) return value ?? null;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // Not by assignment: a key may be __proto__.
  return Object.fromEntries(members.map(([key, member]) => [key, plainData(member)]));
}

/** A result that is no map is wrapped; a long one becomes its beginning, which says how long it is and how to get the rest. */
export function clipResult(data: unknown, max_bytes: number): Record<string, unknown> {
  const plain = plainData(data);
  const map = typeof plain === "object" && plain !== null && !Array.isArray(plain)
    ? plain as Record<string, unknown>
    : { value: plain };
  const bytes = new TextEncoder().encode(JSON.stringify(map));
  if (bytes.length <= max_bytes) return map;
  return {
    truncated: true,
    total_bytes: bytes.length,
    beginning: new TextDecoder().decode(bytes.subarray(0, max_bytes)).replace(/\uFFFD+$/, ""),
    hint: "this is the beginning as JSON; call the tool again for less at once, such as a part, a range or fewer rows",
  };
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
