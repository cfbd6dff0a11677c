import type { Payload } from "../contract/wire.ts";

/** What a message without a payload carries. */
export const NO_PAYLOAD = "";

const utf8 = new TextEncoder();

/** Whether a payload takes more than so many bytes. Text is measured only where its length leaves a doubt: a unit is one to three bytes. */
export function exceedsBytes(payload: Payload, max_bytes: number): boolean {
  const { length } = payload;
  if (length > max_bytes || typeof payload !== "string") return length > max_bytes;
  return 3 * length > max_bytes && utf8.encode(payload).length > max_bytes;
}

/** The same payload with nothing else behind it: a span keeps the whole frame alive that it was cut from. */
export function ownPayload(payload: Payload): Payload {
  return typeof payload === "string" ? ` ${payload}`.slice(1) : payload.slice();
}
