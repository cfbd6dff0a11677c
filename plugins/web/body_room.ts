/** Memory for bodies that are being read or looked at, of all requests together: what would not fit is not let in. */
import { later } from "./refusal.ts";

/** So many of the largest at once. */
const LARGEST_AT_ONCE = 8;

export class BodyRoom {
  #left: number;

  constructor(body_bytes: number) {
    this.#left = LARGEST_AT_ONCE * body_bytes;
  }

  /** Gives what gives it back, once. Throws where there is no room. */
  take(bytes: number): () => void {
    if (bytes > this.#left) {
      throw later(503, "too many large requests are under way", 1, "send it again in a moment");
    }
    this.#left -= bytes;
    return () => {
      this.#left += bytes;
      bytes = 0;
    };
  }
}
