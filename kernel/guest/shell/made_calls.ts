/**
 * The calls that modules of this cell have made and that are not answered yet. Each keeps its whole payload, since a new link has to be told
 * again; its id is unique for the life of the cell's incarnation, so the kernel's key for it never changes.
 */
import type { InstanceId } from "../../contract/names.ts";
import type { CallKind } from "../../contract/wire.ts";

/** A call as a module's Worker makes it; `worker_id` counts up for the life of that Worker. */
export interface CallMade {
  readonly instance: InstanceId;
  readonly worker_id: number;
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
  readonly timeout?: number;
  readonly trace?: string;
  readonly payload: Uint8Array;
}

/** A call that waits for its reply. */
export interface MadeCall extends CallMade {
  readonly id: number;
  /** The link on which it was said last; undefined while it was never said. */
  link: number | undefined;
  /** The served call it belongs to, as the shell numbers those. */
  readonly parent: number | undefined;
  cancelled: boolean;
  /** Its module is gone: nobody waits for the reply, only for the number to be free. */
  orphan: boolean;
}

export class MadeCalls {
  readonly #calls = new Map<number, MadeCall>();
  readonly #ids = new Map<string, number>();
  #next = 1;
  #bytes = 0;

  /** Payload bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#calls.size;
  }

  add(made: CallMade, parent: number | undefined): MadeCall {
    const call: MadeCall = { ...made, id: this.#next++, parent, link: undefined, cancelled: false, orphan: false };
    this.#calls.set(call.id, call);
    this.#ids.set(nameOf(made.instance, made.worker_id), call.id);
    this.#bytes += call.payload.length;
    return call;
  }

  get(id: number): MadeCall | undefined {
    return this.#calls.get(id);
  }

  /** The call as its Worker names it. */
  find(instance: InstanceId, worker_id: number): MadeCall | undefined {
    const id = this.#ids.get(nameOf(instance, worker_id));
    return id === undefined ? undefined : this.#calls.get(id);
  }

  /** Ends the call; undefined when it has ended before or never was. */
  end(id: number): MadeCall | undefined {
    const call = this.#calls.get(id);
    if (call === undefined) return undefined;
    this.#calls.delete(id);
    this.#ids.delete(nameOf(call.instance, call.worker_id));
    this.#bytes -= call.payload.length;
    return call;
  }

  /** Whether such an id has been given out: a reply to it may be acknowledged. */
  wasGiven(id: number): boolean {
    return id >= 1 && id < this.#next;
  }

  /** All that are unanswered, in the order in which they were made. */
  unanswered(): MadeCall[] {
    return [...this.#calls.values()];
  }

  /** Those of one instance. */
  of(instance: InstanceId): MadeCall[] {
    return this.unanswered().filter((call) => call.instance === instance);
  }
}

function nameOf(instance: InstanceId, worker_id: number): string {
  return `${instance}:${worker_id}`;
}
