import { fault } from "meta-machine";
import type { BodySource } from "./body_source.ts";
import { Scrubber } from "./scrubber.ts";

/** The body as its caller may see it: without secrets, and of bounded length. */
export function checkedBody(source: BodySource, secrets: readonly string[], most_bytes: number): BodySource {
  const scrubber = new Scrubber(secrets);
  let bytes = 0;
  let over = false;
  return {
    async read() {
      while (!over) {
        const piece = await source.read();
        if (piece === undefined) {
          over = true;
          const rest = scrubber.end();
          return rest.length === 0 ? undefined : rest;
        }
        bytes += piece.length;
        if (bytes > most_bytes) {
          source.cancel();
          throw fault("too_large", `the answer is more than ${most_bytes} bytes`, {
            hint: "ask for less, or raise response_bytes in configs/services/http.yml",
          });
        }
        const shown = scrubber.push(piece);
        if (shown.length > 0) return shown;
      }
      return undefined;
    },
    cancel() {
      over = true;
      source.cancel();
    },
  };
}
