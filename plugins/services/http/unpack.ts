/** Content encodings that this service undoes, so that secrets in an answer can be seen. Not brotli: a few of its bytes can stand for gigabytes. */
import { fault } from "meta-machine";
import type { BodySource } from "./body_source.ts";

export const ACCEPTED = "gzip, deflate";

const FORMATS: Readonly<Record<string, "gzip" | "deflate">> = { gzip: "gzip", "x-gzip": "gzip", deflate: "deflate" };
/** All of what one push gives is there at once, up to a thousand times as much. */
const PUSH_BYTES = 1_024;
const MOST_LAYERS = 2;

/** The formats in which the body is packed, outermost first; undefined when one of them is not known here. */
export function formatsOf(content_encodings: readonly string[]): readonly ("gzip" | "deflate")[] | undefined {
  const names = content_encodings.flatMap((text) => text.split(",")).map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length > MOST_LAYERS || !names.every((name) => Object.hasOwn(FORMATS, name))) return undefined;
  return names.map((name) => FORMATS[name]!).reverse();
}

export function unpacked(source: BodySource, format: "gzip" | "deflate"): BodySource {
  let waiting: Uint8Array = new Uint8Array(0);
  let failure: unknown;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        if (waiting.length === 0) {
          const piece = await source.read();
          if (piece === undefined) return controller.close();
          waiting = piece;
        }
        controller.enqueue(waiting.slice(0, PUSH_BYTES));
        waiting = waiting.subarray(PUSH_BYTES);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
    cancel: () => source.cancel(),
  }, { highWaterMark: 0 });
  const reader = packed.pipeThrough(new DecompressionStream(format)).getReader();
  return {
    async read() {
      try {
        const { done, value } = await reader.read();
        return done ? undefined : value;
      } catch {
        source.cancel();
        throw failure ?? fault("conflict", `the answer is not packed as it says (${format})`, {
          retriable: false,
          hint: "it is the server's to mend",
        });
      }
    },
    cancel() {
      source.cancel();
      reader.cancel().catch(() => {});
    },
  };
}
