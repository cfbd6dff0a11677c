/** Bytes as they come, taken away by lines and by lengths; each byte is moved a bounded number of times, however small the pieces are. */
export class ByteQueue {
  #bytes = new Uint8Array(1_024);
  #start = 0;
  #end = 0;
  /** Where looking for the end of a line goes on. */
  #looked = 0;

  push(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  /** What stands before the next CRLF, which goes with it; undefined where there is none yet. */
  line(): Uint8Array | undefined {
    for (let at = Math.max(this.#looked, this.#start); at + 1 < this.#end; at++) {
      if (this.#bytes[at] !== 13 || this.#bytes[at + 1] !== 10) continue;
      const line = this.#bytes.slice(this.#start, at);
      this.#start = this.#looked = at + 2;
      return line;
    }
    this.#looked = Math.max(this.#start, this.#end - 1);
    return undefined;
  }

  /** That many bytes; undefined where there are fewer. */
  take(length: number): Uint8Array | undefined {
    if (this.length < length) return undefined;
    const taken = this.#bytes.slice(this.#start, this.#start + length);
    this.#start = this.#looked = this.#start + length;
    return taken;
  }

  #makeRoom(wanted: number): void {
    const kept = this.#bytes.subarray(this.#start, this.#end);
    const size = Math.max(1_024, 2 * (kept.length + wanted));
    const bytes = new Uint8Array(size);
    bytes.set(kept);
    this.#looked = Math.max(0, this.#looked - this.#start);
    [this.#bytes, this.#start, this.#end] = [bytes, 0, kept.length];
  }
}
