import { type Fault, fault, FaultError } from "../../contract/fault.ts";
import { type Limits, WIRE } from "../../contract/limits.ts";
import { type CallKind, HEADER_BOUNDS, type Lends } from "../../contract/wire.ts";
import { exceedsBytes } from "../../primitives/payload.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import type { Borrow } from "../../primitives/revive_tags.ts";
import type { ToWorker } from "../port.ts";
import type { CallContext, ServedCall } from "./call_context.ts";
import type { KeptFunctions } from "./kept_functions.ts";
import { type Lent, type LentFunction, openLending } from "./lending.ts";
import type { OpenStreams } from "./open_streams.ts";
import { faultOfReply, valueOfReply } from "./read_reply.ts";
import type { Outbox } from "./outbox.ts";
import { monotonic, SafeMap, uncurry } from "./primordials.ts";

/** What is called, by whatever stands in front: a handle, the kernel's own services, fetch. */
export interface Target {
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
}

export interface CallOptions {
  /** Hears whether a live instance was found. */
  readonly answered?: (live: boolean) => void;
  /** Gives the call up when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** So does this one: that of all calls which are made for one purpose. */
  readonly until?: AbortSignal | undefined;
  /** The served call it is made for, where that is not the one whose code is running. */
  readonly parent?: ServedCall;
  /** It acts under the grants of the caller of the call that it is made for. */
  readonly as_caller?: boolean;
  /** It acts under the grants of this token's principal. */
  readonly bearer?: string;
}

/** Calls that this module makes. */
export interface MadeCalls {
  /**
   * Makes a call and gives its answer; rejects with a FaultError, or with the reason of a signal among its arguments. Made while serving, it carries that
   * call as its parent and what is left of its time.
   */
  call(target: Target, args: readonly unknown[], more?: CallOptions): Promise<unknown>;
  settle(reply: ToWorker & { t: "reply" }): void;
  /** A function that was lent with that call, while it is not over. */
  lent(id: number, no: number): LentFunction | undefined;
  /** The other end has told one of the answer's streams to its end. */
  streamEnded(id: number): void;
}

/** Of `limits.calls_in_flight`: calls may wait for busy callees, but a loop that awaits nothing must not grow without end. */
const OUTSTANDING_FACTOR = 16;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly answered: ((live: boolean) => void) | undefined;
  readonly functions: readonly LentFunction[] | undefined;
  /** Takes the listeners off its signals. */
  readonly deafen: (() => void) | undefined;
  /** Its answer is here, and streams of it are still read. */
  streaming: boolean;
}

/** Why a call was refused; becomes an error where its caller waits, so that the error's stack is the caller's. */
class Refused {
  constructor(readonly fault: Fault) {}
}

const { Promise: NativePromise } = globalThis;
const then = uncurry(Promise.prototype.then);
const { ceil } = Math;
const { stringify } = JSON;
/** What a header has beside names is numbers and a trace. */
const NAMES_BYTES = WIRE.header_bytes - 1_024;

export function openMadeCalls(
  { outbox, context, streams, kept }: {
    readonly outbox: Outbox;
    readonly context: CallContext;
    readonly streams: OpenStreams;
    readonly kept: KeptFunctions;
  },
  limits: Limits,
): MadeCalls {
  const waiting = new SafeMap<number, Waiting>();
  const most = limits.calls_in_flight * OUTSTANDING_FACTOR;
  const crowded = fault("rate_limited", `${most} calls of this module wait for an answer; no more may`);
  let last = 0;

  function call(target: Target, args: readonly unknown[], more: CallOptions = {}): Promise<unknown> {
    const answer = new NativePromise<unknown>((resolve, reject) => {
      if (waiting.size >= most) return reject(new Refused(crowded));
      const parent = more.parent ?? context.current();
      const left = parent === undefined ? undefined : ceil(parent.deadline - monotonic());
      const refusal = unsendable(target) ?? late(target, left);
      if (refusal) return reject(new Refused(refusal));
      const { lent, lend } = openLending(kept.nameOf);
      const payload = encodeValue(args, "arguments", { lend });
      if (!payload.ok) return reject(new Refused(payload.fault));
      const lends = lendsOf(lent, more);
      const unlent = unlendable(target, lends?.kept);
      if (unlent) return reject(new Refused(unlent));
      const signals = signalsOf(more, lent);
      const aborted = signals?.find((signal) => signal.aborted);
      if (aborted !== undefined) return reject(aborted.reason);
      const id = ++last;
      waiting.set(id, {
        ...{ resolve, reject, answered: more.answered, functions: lent.functions, streaming: false },
        deafen: signals && listen(signals, (reason) => giveUp(id, reason)),
      });
      if (lent.kept !== undefined) kept.lentTo(lent.kept, target.api);
      outbox.post(
        parent === undefined ? { t: "call", id, ...target, payload: payload.value, ...(lends && { lends }) } : {
          ...{ t: "call", id, ...target, payload: payload.value, parent: parent.id, trace: parent.trace },
          ...(left! < Infinity && { timeout: left! }),
          ...(lends && { lends }),
        },
      );
      if (lent.streams !== undefined) streams.of("caller", id).produce(lent.streams, () => {});
    });
    return then(answer as Promise<unknown>, undefined, rethrow) as Promise<unknown>;
  }

  function giveUp(id: number, reason: unknown): void {
    const call = waiting.get(id);
    if (call === undefined) return;
    outbox.post({ t: "cancel", id });
    end(id, call, undefined, reason);
    call.reject(reason);
  }

  /** Nothing of the call is open any more. */
  function end(id: number, call: Waiting, why: Fault | undefined, error?: unknown): void {
    waiting.delete(id);
    call.deafen?.();
    if (streams.has("caller", id)) streams.of("caller", id).close(why, error);
  }

  return {
    call,
    settle(reply) {
      const { id } = reply;
      const call = waiting.get(id);
      if (call === undefined) return;
      if (!call.streaming) call.answered?.(reply.live);
      if (!reply.ok) {
        const why = faultOfReply(reply);
        end(id, call, why);
        return call.reject(new Refused(why));
      }
      const named: boolean[] = [];
      const borrow: Borrow | undefined = reply.streams === 0 ? undefined : (ref) => {
        if (ref.kind !== "stream") return undefined;
        named[ref.no] = true;
        return streams.of("caller", id).consume(ref.no, reply.streams);
      };
      const answer = valueOfReply(reply.payload, borrow);
      // A stream that nobody can read would stay open, and count, for ever.
      if (!answer.ok && reply.streams > 0) outbox.post({ t: "cancel", id });
      for (let no = 0; answer.ok && no < reply.streams; no++) {
        if (named[no] !== true) outbox.post({ t: "stop", at: "caller", id, no });
      }
      call.streaming = answer.ok && reply.streams > 0 && streams.of("caller", id).reading > 0;
      if (!call.streaming) end(id, call, answer.ok ? undefined : answer.fault);
      if (answer.ok) call.resolve(answer.value);
      else call.reject(new Refused(answer.fault));
    },
    lent: (id, no) => waiting.get(id)?.functions?.[no],
    streamEnded(id) {
      const call = waiting.get(id);
      if (call?.streaming && streams.of("caller", id).reading === 0) end(id, call, undefined);
    },
  };
}

function signalsOf({ signal, until }: CallOptions, { signals }: Lent): readonly AbortSignal[] | undefined {
  if (signal === undefined && until === undefined) return signals;
  return [...(signal ? [signal] : []), ...(until ? [until] : []), ...signals ?? []];
}

function lendsOf({ functions, kept, streams }: Lent, { as_caller, bearer }: CallOptions): Lends | undefined {
  const acts = as_caller === true || bearer !== undefined;
  if (functions === undefined && kept === undefined && streams === undefined && !acts) return undefined;
  return {
    ...(functions && { functions: functions.length }),
    ...(kept && { kept: [...new Set(kept)] }),
    ...(streams && { streams: streams.length }),
    ...(as_caller && { as_caller: true as const }),
    ...(bearer !== undefined && { bearer }),
  };
}

/** Runs as a reaction of the promise that the caller awaits: so the runtime knows who that is, and its frames are the error's. */
function rethrow(why: unknown): never {
  throw why instanceof Refused ? new FaultError(why.fault) : why;
}

function listen(signals: readonly AbortSignal[], aborted: (reason: unknown) => void): () => void {
  const listeners = signals.map((signal) => {
    const listener = () => aborted(signal.reason);
    signal.addEventListener("abort", listener, { once: true });
    return () => signal.removeEventListener("abort", listener);
  });
  return () => listeners.forEach((remove) => remove());
}

/** A name that no header takes is one that nobody has. */
function unsendable({ api, aspect, name }: Target): Fault | undefined {
  if (api.length > HEADER_BOUNDS.api) {
    return fault("service_down", `Service '${api.slice(0, HEADER_BOUNDS.api)}…' is not active or failed to load.`);
  }
  if (aspect.length > HEADER_BOUNDS.aspect) {
    return fault("no_aspect", `Service '${api}' does not have aspect '${aspect.slice(0, HEADER_BOUNDS.aspect)}…'.`);
  }
  if (name.length > HEADER_BOUNDS.name) {
    const clipped = name.slice(0, HEADER_BOUNDS.name);
    return fault("no_attribute", `Service '${api}' (aspect '${aspect}') does not have attribute '${clipped}…'`);
  }
}

/** Names of kept functions travel in the header of the call that lends them. */
function unlendable({ api, aspect, name }: Target, kept: readonly string[] | undefined): Fault | undefined {
  if (kept === undefined) return undefined;
  if (kept.length > HEADER_BOUNDS.kept) {
    const text =
      `the call lends ${kept.length} functions that are kept by name; one call may lend ${HEADER_BOUNDS.kept}`;
    return fault("quota", text, { hint: "lend the others with further calls" });
  }
  if (!exceedsBytes(stringify([api, aspect, name, kept]), NAMES_BYTES)) return undefined;
  return fault("too_large", `the names of the ${kept.length} functions that the call lends are too long together`, {
    hint: "keep functions under shorter names, or lend them with several calls",
  });
}

function late({ api, name }: Target, left: number | undefined): Fault | undefined {
  if (left === undefined || left > 0) return undefined;
  return fault("timeout", `'${name}' of '${api}' was not called: the time of the call being served is over`);
}
