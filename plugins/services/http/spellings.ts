/** A secret as a server may echo it: plain, in a URL, in JSON, in base64 at any place, in hex. */
const LEAST_UNITS = 8;

export function spellingsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const in_url = encodeURIComponent(secret);
  const hex = bytes.toHex();
  const all = [
    ...[secret, in_url, in_url.replace(/%../g, (code) => code.toLowerCase()), JSON.stringify(secret).slice(1, -1)],
    ...[secret.replaceAll("/", "\\/"), secret.replace(/[&<>"']/g, (c) => HTML[c]!)],
    ...[hex, hex.toUpperCase()],
    ...[0, 1, 2].flatMap((before) => inBase64(bytes, before)),
  ];
  return [...new Set(all)].filter((text) => text.length >= LEAST_UNITS);
}

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The characters that depend on the secret alone when so many bytes (modulo three) stand before it, whatever comes behind. */
function inBase64(bytes: Uint8Array, before: number): readonly string[] {
  const shifted = new Uint8Array(before + bytes.length);
  shifted.set(bytes, before);
  const from = Math.ceil(before * 8 / 6);
  const to = Math.floor(shifted.length * 8 / 6);
  return (["base64", "base64url"] as const).map((alphabet) =>
    shifted.toBase64({ alphabet, omitPadding: true }).slice(from, to)
  );
}
