/**
 * The calls that modules of this cell have made and that are not over yet. Each keeps its whole payload until it is answered, since a new link has to be told
 * again; its id is unique for the life of the cell's incarnation, so the kernel's key for it never changes.
 */
import type { InstanceId } from "../../contract/names.ts";
import type { CallKind, Lends, Payload } from "../../contract/wire.ts";

/** A call as a module's Worker makes it; `worker_id` counts up for the life of that Worker. */
export interface CallMade {
  readonly instance: InstanceId;
  readonly worker_id: number;
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
  readonly timeout: number | undefined;
  readonly trace: string | undefined;
  readonly lends: Lends | undefined;
  /** The served call it belongs to, as the shell numbers those. */
  readonly parent: number | undefined;
  readonly payload: Payload;
}

/** A call that waits for its reply, or whose streams are not at their end. */
export interface MadeCall extends CallMade {
  readonly id: number;
  /** The link on which it was said last; undefined while it was never said. */
  link: number | undefined;
  /** Its answer has come, with so many streams that are not at their end. */
  streams: number;
  cancelled: boolean;
  /** Its module is gone: nobody waits for the reply, only for the number to be free. */
  orphan: boolean;
}

export class MadeCalls {
  readonly #calls = new Map<number, MadeCall>();
  readonly #ids = new Map<InstanceId, Map<number, MadeCall>>();
  #next = 1;
  #bytes = 0;

  /** Payload bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#calls.size;
  }

  add(made: CallMade): MadeCall {
    const { instance, worker_id, api, aspect, name, kind, timeout, trace, lends, parent, payload } = made;
    const call: MadeCall = {
      ...{ instance, worker_id, api, aspect, name, kind, timeout, trace, lends, parent, payload },
      ...{ id: this.#next++, link: undefined, streams: 0, cancelled: false, orphan: false },
    };
    this.#calls.set(call.id, call);
    let of_instance = this.#ids.get(instance);
    if (of_instance === undefined) this.#ids.set(instance, of_instance = new Map());
    of_instance.set(worker_id, call);
    this.#bytes += payload.length;
    return call;
  }

  get(id: number): MadeCall | undefined {
    return this.#calls.get(id);
  }

  /** The call as its Worker names it. */
  find(instance: InstanceId, worker_id: number): MadeCall | undefined {
    return this.#ids.get(instance)?.get(worker_id);
  }

  /** Ends the call; undefined when it has ended before or never was. */
  end(id: number): MadeCall | undefined {
    const call = this.#calls.get(id);
    if (call === undefined) return undefined;
    this.#calls.delete(id);
    const of_instance = this.#ids.get(call.instance)!;
    of_instance.delete(call.worker_id);
    if (of_instance.size === 0) this.#ids.delete(call.instance);
    this.#bytes -= call.payload.length;
    return call;
  }

  /** Whether such an id has been given out: a reply to it may be acknowledged. */
  wasGiven(id: number): boolean {
    return id >= 1 && id < this.#next;
  }

  /** All that are not over, in the order in which they were made. */
  all(): MadeCall[] {
    return [...this.#calls.values()];
  }

  /** Those of one instance. */
  of(instance: InstanceId): MadeCall[] {
    return this.all().filter((call) => call.instance === instance);
  }
}

/** Whether something of it was under way beside call and reply: then nobody can say it again. */
export function hasStreams({ streams, lends }: MadeCall): boolean {
  return streams > 0 || (lends?.streams ?? 0) > 0;
}
