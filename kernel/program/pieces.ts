/** Reads pieces of the one file. */
import { findList, FIRST_LINE_BYTES, parseList, type PieceList } from "./layout.ts";

export class Pieces {
  /** Stays open: whoever replaces the program on the disk does not change what this process reads. */
  readonly #file: Deno.FsFile;
  readonly #list: PieceList;

  /** Throws for a file that is not laid out so. */
  constructor(path: string) {
    this.#file = Deno.openSync(path);
    const { size } = this.#file.statSync();
    const list = findList(this.#text(0, Math.min(size, FIRST_LINE_BYTES)));
    if (list === undefined) throw new Error(`${path} is no meta-machine in one file`);
    this.#list = parseList(this.#text(list.at, list.length));
  }

  names(): readonly string[] {
    return [...this.#list.keys()];
  }

  has(name: string): boolean {
    return this.#list.has(name);
  }

  /** Of a piece that is not deflated. */
  plain(name: string): Uint8Array<ArrayBuffer> {
    const { at, length, deflated } = this.#place(name);
    if (deflated) throw new Error(`piece '${name}' is deflated`);
    return Uint8Array.fromBase64(this.#text(at, length));
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const { at, length, deflated } = this.#place(name);
    const bytes = Uint8Array.fromBase64(this.#text(at, length));
    if (!deflated) return bytes;
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(inflated).arrayBuffer());
  }

  async text(name: string): Promise<string> {
    return new TextDecoder().decode(await this.read(name));
  }

  close(): void {
    this.#file.close();
  }

  #place(name: string) {
    const place = this.#list.get(name);
    if (place === undefined) throw new Deno.errors.NotFound(`the program brings no '${name}' along`);
    return place;
  }

  #text(at: number, length: number): string {
    const bytes = new Uint8Array(length);
    this.#file.seekSync(at, Deno.SeekMode.Start);
    let total = 0;
    while (total < length) {
      const count = this.#file.readSync(bytes.subarray(total));
      if (count === null) throw new Error("the program's file is shorter than it says");
      total += count;
    }
    return new TextDecoder().decode(bytes);
  }
}

/** A piece as a module that can be imported once, or be a Worker's. Host text only: a module's source never takes this way. */
export function moduleUrl(bytes: Uint8Array<ArrayBuffer>): string {
  return URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
}
