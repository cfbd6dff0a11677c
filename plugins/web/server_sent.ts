/** Server-sent events: how a stream of data is written so that browsers and clients of OpenAI's interface read it. */
const encoder = new TextEncoder();

/** A comment, which readers leave out. */
export const HEARTBEAT = encoder.encode(": still there\n\n");

export const SERVER_SENT_HEADERS = Object.freeze({
  "content-type": "text/event-stream; charset=utf-8",
  // nginx would collect the pieces
  "x-accel-buffering": "no",
});

/** `data` is JSON, or a text of one line. */
export function serverSent(data: unknown, event?: string): Uint8Array {
  const line = typeof data === "string" ? data : JSON.stringify(data);
  return encoder.encode(`${event === undefined ? "" : `event: ${event}\n`}data: ${line}\n\n`);
}
