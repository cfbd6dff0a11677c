/** Text for a socket: what is added in one turn of the loop, or while a write is under way, leaves as one write. */
export interface Writes {
  write(bytes: Uint8Array): Promise<number>;
}

export class LineWriter {
  readonly #stream: Writes;
  readonly #utf8 = new TextEncoder();
  #text = "";
  #writing = false;

  constructor(stream: Writes) {
    this.#stream = stream;
  }

  add(text: string): void {
    this.#text += text;
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#text !== "") {
      const bytes = this.#utf8.encode(this.#text);
      this.#text = "";
      for (let at = 0; at < bytes.length;) at += await this.#stream.write(at === 0 ? bytes : bytes.subarray(at));
    }
    this.#writing = false;
  }
}
