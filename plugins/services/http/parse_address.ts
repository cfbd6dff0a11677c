/** An IP address as its 4 or 16 bytes; undefined for anything that is not one in its plain form (a zone, a short form, a number in another base). */
export function parseAddress(text: string): readonly number[] | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

/** As it stands in a URL or a grant: IPv6 in brackets. */
export function inUrl(address: string): string {
  return address.includes(":") ? new URL(`http://[${address}]`).hostname : address;
}

function parseV4(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseV6(text: string): readonly number[] | undefined {
  const v4 = /^(.*:)([0-9]+(?:\.[0-9]+){3})$/.exec(text);
  const tail = v4 === null ? [] : parseV4(v4[2]!);
  if (tail === undefined) return undefined;
  const words = v4 === null ? text : `${v4[1]}${wordOf(tail[0]!, tail[1]!)}:${wordOf(tail[2]!, tail[3]!)}`;
  const halves = words.split("::");
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map((half) => half === "" ? [] : half.split(":"));
  const missing = 8 - before!.length - (after?.length ?? 0);
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before!, ...Array<string>(after === undefined ? 0 : missing).fill("0"), ...after ?? []];
  if (!all.every((word) => /^[0-9A-Fa-f]{1,4}$/.test(word))) return undefined;
  return all.flatMap((word) => {
    const value = Number.parseInt(word, 16);
    return [value >> 8, value & 255];
  });
}

function wordOf(high: number, low: number): string {
  return (high * 256 + low).toString(16);
}
