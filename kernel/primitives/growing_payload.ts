import type { Payload } from "../contract/wire.ts";
import { GrowingBytes } from "./growing_bytes.ts";
import { NO_PAYLOAD, ownPayload } from "./payload.ts";

/**
 * A payload that comes in portions, all of text or all of bytes: what differs in kind from the first portion is no continuation of it. Portions are copied,
 * so that a tiny one keeps no large text or chunk alive.
 */
export class GrowingPayload {
  #text: Payload[] = [];
  #units = 0;
  #bytes: GrowingBytes | undefined;

  get length(): number {
    return this.#bytes === undefined ? this.#units : this.#bytes.length;
  }

  /** False when the portion is of another kind than those before it; then it is left out. */
  append(portion: Payload): boolean {
    if (typeof portion === "string") {
      if (this.#bytes !== undefined) return portion === NO_PAYLOAD;
      this.#text.push(ownPayload(portion));
      this.#units += portion.length;
      return true;
    }
    if (this.#units > 0) return false;
    this.#bytes ??= new GrowingBytes();
    this.#bytes.append(portion);
    return true;
  }

  /** All of it, which is the caller's from then on; this one starts again from nothing. */
  take(): Payload {
    const whole = this.#bytes === undefined ? this.#text.join("") : this.#bytes.take();
    this.#text = [];
    this.#units = 0;
    this.#bytes = undefined;
    return whole;
  }
}
