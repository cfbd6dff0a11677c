import { type Fault, fault, FaultError } from "../../contract/fault.ts";
import type { Limits } from "../../contract/limits.ts";
import { type CallKind, HEADER_BOUNDS } from "../../contract/wire.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import type { ToWorker } from "../port.ts";
import type { CallContext } from "./call_context.ts";
import { faultOfReply, valueOfReply } from "./read_reply.ts";
import type { Outbox } from "./outbox.ts";
import { monotonic, SafeMap } from "./primordials.ts";

/** What is called, by whatever stands in front: a handle, the kernel's own services, fetch. */
export interface Target {
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
}

/** Calls that this module makes. */
export interface MadeCalls {
  /**
   * Makes a call and gives its answer; rejects with a FaultError. `answered` hears whether a live instance was found. Made while serving, it carries that
   * call as its parent and what is left of its time.
   */
  call(target: Target, args: readonly unknown[], more?: {
    readonly answered?: (live: boolean) => void;
    readonly signal?: AbortSignal | undefined;
  }): Promise<unknown>;
  settle(reply: ToWorker & { t: "reply" }): void;
}

/** Of `limits.calls_in_flight`: calls may wait for busy callees, but a loop that awaits nothing must not grow without end. */
const OUTSTANDING_FACTOR = 16;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly answered: ((live: boolean) => void) | undefined;
  /** Where the call was made, for the error's stack. */
  readonly origin: { readonly stack?: string };
}

const { Promise: NativePromise } = globalThis;
const captureStackTrace = Error.captureStackTrace;
const { ceil } = Math;

export function openMadeCalls(outbox: Outbox, context: CallContext, limits: Limits): MadeCalls {
  const waiting = new SafeMap<number, Waiting>();
  const most = limits.calls_in_flight * OUTSTANDING_FACTOR;
  // One for all: a loop that makes a million calls would spend its time on making a million errors.
  const crowded = errorFrom(fault("rate_limited", `${most} calls of this module wait for an answer; no more may`), {});
  let last = 0;

  function call(target: Target, args: readonly unknown[], more: Parameters<MadeCalls["call"]>[2] = {}) {
    return new NativePromise<unknown>((resolve, reject) => {
      if (waiting.size >= most) return reject(crowded);
      const origin = {};
      captureStackTrace(origin, call);
      const parent = context.current();
      const left = parent && ceil(parent.deadline - monotonic());
      const refusal = unsendable(target) ?? late(target, left);
      if (refusal) return reject(errorFrom(refusal, origin));
      const payload = encodeValue(args, "arguments");
      if (!payload.ok) return reject(errorFrom(payload.fault, origin));
      const id = ++last;
      waiting.set(id, { resolve, reject, answered: more.answered, origin });
      outbox.post({
        t: "call",
        id,
        ...target,
        ...(parent && { parent: parent.id, trace: parent.trace, timeout: left! }),
        payload: payload.value,
      });
      if (more.signal) cancelOn(more.signal, id);
    });
  }

  function cancelOn(signal: AbortSignal, id: number): void {
    const cancel = () => {
      const call = waiting.get(id);
      if (call === undefined) return;
      waiting.delete(id);
      outbox.post({ t: "cancel", id });
      call.reject(signal.reason);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  }

  return {
    call,
    settle(reply) {
      const call = waiting.get(reply.id);
      if (call === undefined) return;
      waiting.delete(reply.id);
      call.answered?.(reply.live);
      const answer = reply.ok ? valueOfReply(reply.payload) : { ok: false as const, fault: faultOfReply(reply) };
      if (answer.ok) call.resolve(answer.value);
      else call.reject(errorFrom(answer.fault, call.origin));
    },
  };
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

function late({ api, name }: Target, left: number | undefined): Fault | undefined {
  if (left === undefined || left > 0) return undefined;
  return fault("timeout", `'${name}' of '${api}' was not called: the time of the call being served is over`);
}

/** The fault as an error whose stack is that of the one who called. */
function errorFrom(refusal: Fault, origin: { readonly stack?: string }): FaultError {
  const error = new FaultError(refusal);
  const frames = origin.stack ?? "";
  const at = frames.indexOf("\n");
  Object.defineProperty(error, "stack", {
    value: `${error.name}: ${error.message}${at < 0 ? "" : frames.slice(at)}`,
    writable: true,
    configurable: true,
  });
  return error;
}
