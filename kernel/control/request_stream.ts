/** One request's items on their way out: bounded, with drops that are counted and said. */
import { encodeValue } from "../primitives/value_codec.ts";
import { CONTROL_BOUNDS } from "./control_bounds.ts";
import type { ControlStream } from "./handlers.ts";
import type { Outbox } from "./outbox.ts";

export class RequestStream implements ControlStream<unknown> {
  readonly #id: number;
  readonly #outbox: Outbox;
  readonly #droppedItem: (count: number) => unknown;
  readonly #controller = new AbortController();
  #cancelled = false;
  #items = 0;
  #bytes = 0;
  #dropped = 0;
  #waiting: (() => void)[] = [];

  /** It ends only when somebody ends it, by itself or by an answer. */
  readonly endless: boolean;

  constructor(id: number, outbox: Outbox, droppedItem: (count: number) => unknown, endless = false) {
    this.endless = endless;
    this.#id = id;
    this.#outbox = outbox;
    this.#droppedItem = droppedItem;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  push(item: unknown): void {
    if (this.signal.aborted) return;
    if (this.#full) this.#dropped++;
    else this.#sayDropped(), this.#enqueue(item);
  }

  async send(item: unknown): Promise<void> {
    if (this.signal.aborted) return;
    this.#sayDropped();
    this.#enqueue(item);
    while (this.#full && !this.signal.aborted) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** `cancelled`: nothing of what still waits is sent. `closing`: it is, but nothing new. Called twice it is harmless. */
  abort(why: "cancelled" | "closing"): void {
    if (why === "cancelled") this.#cancelled = true;
    this.#controller.abort();
    this.#wake();
  }

  /** The last word before the answer; from then on nothing is sent. */
  end(): void {
    if (!this.#cancelled) this.#sayDropped();
    this.#controller.abort();
  }

  get #full(): boolean {
    return this.#items >= CONTROL_BOUNDS.stream_items || this.#bytes >= CONTROL_BOUNDS.stream_bytes;
  }

  #sayDropped(): void {
    if (this.#dropped === 0) return;
    const count = this.#dropped;
    this.#dropped = 0;
    this.#enqueue(this.#droppedItem(count));
  }

  #enqueue(item: unknown): void {
    const encoded = encodeValue(item, "item");
    if (!encoded.ok) return void this.#dropped++; // what is no plain data can't be shown, but it can be missed
    const payload = encoded.value;
    this.#items++;
    this.#bytes += payload.length;
    this.#outbox.push({
      header: { t: "item", id: this.#id },
      payload,
      wanted: () => !this.#cancelled,
      taken: () => {
        this.#items--;
        this.#bytes -= payload.length;
        if (!this.#full) this.#wake();
      },
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
