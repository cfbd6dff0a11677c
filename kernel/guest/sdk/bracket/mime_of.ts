/** What bytes are by how they begin: the kinds that a model can be shown. */
const BEGINNINGS: readonly (readonly [mime: string, at: number, bytes: readonly number[]])[] = [
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/gif", 0, [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
  ["application/pdf", 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

export function mimeOf(bytes: Uint8Array): string {
  const known = BEGINNINGS.find(([, at, begin]) => begin.every((byte, i) => bytes[at + i] === byte));
  return known?.[0] ?? "application/octet-stream";
}
