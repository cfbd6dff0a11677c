/** A request's body, bounded in size and time; it is read only after its sender is known. */
import { Refusal, refusal } from "./refusal.ts";

export interface BodyBounds {
  readonly bytes: number;
  readonly ms: number;
}

/** Throws refusals: 413 too large, 408 too slow, 415 packed, 400 cut off or no UTF-8; and the signal's reason. */
export async function readBody(request: Request, bounds: BodyBounds, signal: AbortSignal): Promise<string> {
  const packed = request.headers.get("content-encoding") ?? "identity";
  if (packed.toLowerCase() !== "identity") {
    throw refusal(415, "invalid_argument", "a packed body is not accepted", {
      hint: "send it without Content-Encoding",
    });
  }
  if (saidBytes(request) > bounds.bytes) throw tooLarge(bounds.bytes);
  if (request.body === null) return "";
  return decode(await read(request.body.getReader(), bounds, signal));
}

/** What its head says that the body has; all that may be where it says nothing. */
export function expectedBytes(request: Request, { bytes }: BodyBounds): number {
  return request.body === null ? 0 : request.headers.has("content-length") ? saidBytes(request) : bytes;
}

function saidBytes(request: Request): number {
  return Number(request.headers.get("content-length") ?? 0);
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { bytes, ms }: BodyBounds,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const cut = Promise.withResolvers<never>();
  cut.promise.catch(() => {});
  const late = setTimeout(() => cut.reject(tooSlow(ms)), ms);
  const gone = () => cut.reject(signal.reason);
  signal.addEventListener("abort", gone, { once: true });
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    while (true) {
      const { done, value } = await Promise.race([reader.read(), cut.promise]);
      if (done) return pieces;
      size += value.length;
      if (size > bytes) throw tooLarge(bytes);
      pieces.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => {});
    throw error instanceof Refusal || signal.aborted ? error : refusal(400, "invalid_argument", "the body was cut off");
  } finally {
    clearTimeout(late);
    signal.removeEventListener("abort", gone);
  }
}

function decode(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    return pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  } catch {
    throw refusal(400, "invalid_argument", "the body is no UTF-8");
  }
}

function tooLarge(bytes: number): Refusal {
  const hint = "send less, or raise body_bytes in the config of the web module";
  return refusal(413, "too_large", `the body has more than ${bytes} bytes`, { hint });
}
function tooSlow(ms: number): Refusal {
  return refusal(408, "timeout", `the body did not come in within ${ms} ms`, { retriable: true });
}
