/** An operator's connection that stays: requests by number, answers by number. */
import assert from "node:assert/strict";
import { FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";

interface Answer {
  readonly ok: boolean;
  readonly value: unknown;
}

export class ControlClient {
  readonly #connection: Deno.UnixConn;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #number = 0;

  private constructor(connection: Deno.UnixConn) {
    this.#connection = connection;
    void this.#read();
  }
  static async connect(path: string): Promise<ControlClient> {
    return new ControlClient(await Deno.connect({ transport: "unix", path }));
  }

  /** Answers larger than one frame's piece are not put together. */
  async ask(verb: string, params: unknown): Promise<Answer> {
    const writer = new FrameWriter<object>();
    const id = ++this.#number;
    writer.push({ t: "request", id, verb }, JSON.stringify(params));
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    for (let rest = writer.take()!; rest.length > 0;) rest = rest.subarray(await this.#connection.write(rest));
    return await answer;
  }
  async value<T>(verb: string, params: unknown): Promise<T> {
    const { ok, value } = await this.ask(verb, params);
    assert.ok(ok, `${verb}: ${JSON.stringify(value)}`);
    return value as T;
  }

  close(): void {
    try {
      this.#connection.close();
    } catch { /* the kernel did */ }
  }

  async #read(): Promise<void> {
    const reader = new FrameReader({ proven: true });
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const count = await this.#connection.read(buffer).catch(() => null);
      if (count === null) break;
      for (const { header, payload } of reader.feed(buffer.slice(0, count)).messages) {
        const { t, id, ok } = header as { t: string; id: number; ok: boolean };
        if (t !== "answer") continue;
        this.#waiting.get(id)?.({ ok, value: payload.length === 0 ? undefined : JSON.parse(payload as string) });
        this.#waiting.delete(id);
      }
    }
    for (const settle of this.#waiting.values()) settle({ ok: false, value: "the kernel hung up" });
  }
}
