/** A frame as this program's own writer would not write it: any header, any length. */
import { anyNumber, anyValue, join, type Random } from "./random.ts";

const encoder = new TextEncoder();

/** One header with its payload, however long. */
export function frameOf(header: unknown, payload = ""): Uint8Array {
  const headers = JSON.stringify([[payload.length], header]);
  return prefixed(headers + payload, { type: 2, headers: headers.length });
}

/** Lengths and headers that may be anything. */
export function anyFrame(random: Random): Uint8Array {
  const headers = random.once(6)
    ? `[[${"0,".repeat(59)}0],${"[".repeat(60_000)}${"]".repeat(60_000)}${",{}".repeat(59)}]`
    : JSON.stringify([random.once(2) ? [0] : anyValue(random), anyValue(random)]);
  return prefixed(headers, {
    type: random.once(9) ? random.below(256) : 1 + random.below(2),
    headers: random.once(6) ? anyNumber(random) : undefined,
    length: random.once(6) ? anyNumber(random) : undefined,
  });
}

function prefixed(
  text: string,
  { type, headers, length }: { type: number; headers?: number | undefined; length?: number | undefined },
): Uint8Array {
  const bytes = encoder.encode(text);
  const prefix = new DataView(new ArrayBuffer(9));
  prefix.setUint32(0, length ?? bytes.length + 5);
  prefix.setUint8(4, type);
  prefix.setUint32(5, headers ?? bytes.length);
  return join(new Uint8Array(prefix.buffer), bytes);
}
