import { ok, refuse, type Result } from "../../contract/fault.ts";
import { TOOL_ASPECT } from "../../contract/tool_spec.ts";
import type { Payload } from "../../contract/wire.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import { decodeValue } from "../../primitives/value_codec.ts";
import type { Borrow } from "../../primitives/revive_tags.ts";
import type { ToWorker } from "../port.ts";
import type { ServedCall } from "./call_context.ts";
import { faultOfError } from "./fault_of_error.ts";
import { findAspect, hasAttribute, privateName } from "./find_attribute.ts";
import { callerOf } from "./kernel_object.ts";
import { type LentFunction, openLending } from "./lending.ts";
import type { ModuleTools } from "./module_tools.ts";
import { noAttribute } from "./no_attribute.ts";

/** The module as one that serves. */
export interface Served {
  readonly api: string;
  readonly instance: object;
  readonly tools: ModuleTools;
  /** A function that this module lent, by what the order says of it; or why there is none any more. */
  readonly lent: (order: CallOrder) => Result<LentFunction>;
  /** An error of the module's own: counted, its stack goes to the module's log. */
  readonly failed: (stack: string) => void;
}

export type CallOrder = ToWorker & { t: "call" };

/** An answer as it travels, and the streams it speaks of. */
export type Answered = Result<
  { readonly payload: Payload; readonly streams: readonly AsyncIterable<unknown>[] | undefined }
>;
type Act = () => unknown;

const { Promise: NativePromise } = globalThis;

/**
 * Serves one call from its name to its answer, at once where the module answers at once. Never throws: everything that goes wrong is a fault. `borrow`
 * gives what stands for things that the caller lent.
 */
export function serveCall(
  served: Served,
  order: CallOrder,
  call: ServedCall,
  borrow: Borrow,
): Answered | Promise<Answered> {
  if (order.kind === "lent" || order.kind === "kept") {
    const lent = served.lent(order);
    return lent.ok ? act(served, order, borrow, (args) => ok(() => Reflect.apply(lent.value, undefined, args))) : lent;
  }
  const refusal = privateName(order.name);
  if (refusal) return refuse(refusal);
  const face = findAspect(served.instance, served.api, order.aspect);
  if (face instanceof NativePromise) return face.then((late) => serveFace(served, order, call, borrow, late));
  return serveFace(served, order, call, borrow, face);
}

function serveFace(
  served: Served,
  order: CallOrder,
  call: ServedCall,
  borrow: Borrow,
  face: Result<object>,
): Answered | Promise<Answered> {
  if (!face.ok) return face;
  const isTool = order.kind === "call" && order.aspect === TOOL_ASPECT;
  return act(
    served,
    order,
    borrow,
    (args) =>
      isTool ? toolCall(served, face.value, order.name, args, call) : attributeCall(served, face.value, order, args),
  );
}

/** Decodes the arguments, finds what to do, does it, and encodes what comes of it. */
function act(
  served: Served,
  order: CallOrder,
  borrow: Borrow,
  find: (args: readonly unknown[]) => Result<Act> | Promise<Result<Act>>,
): Answered | Promise<Answered> {
  try {
    const args = decodeValue(order.payload, borrow);
    if (!args.ok) return args;
    const found = find(Array.isArray(args.value) ? args.value : [args.value]);
    if (found instanceof NativePromise) {
      return found.then((late) => run(served, late), (error) => thrown(served, error));
    }
    return run(served, found);
  } catch (error) {
    return thrown(served, error);
  }
}

function run(served: Served, found: Result<Act>): Answered | Promise<Answered> {
  if (!found.ok) return found;
  try {
    const value = found.value();
    if (!isThenable(value)) return encoded(value);
    return NativePromise.resolve(value).then(encoded, (error) => thrown(served, error));
  } catch (error) {
    return thrown(served, error);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  // Not `instanceof`, which asks a Proxy for its prototype.
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

async function toolCall(
  { tools }: Served,
  face: object,
  entry: string,
  args: readonly unknown[],
  call: ServedCall,
): Promise<Result<Act>> {
  const prepared = await tools.prepare(face, entry, args);
  if (!prepared.ok) return prepared;
  return ok(() => prepared.value({ caller: callerOf(call), signal: call.signal }));
}

function attributeCall(served: Served, face: object, order: CallOrder, args: readonly unknown[]): Result<Act> {
  const { name, kind } = order;
  if (!hasAttribute(face, name)) return missing(served, face, order);
  const value = (face as Record<string, unknown>)[name];
  if (kind === "get") return ok(() => value);
  if (typeof value !== "function") return missing(served, face, order);
  return ok(() => Reflect.apply(value, face, args));
}

function missing({ api, tools }: Served, face: object, { aspect, name, kind }: CallOrder): Result<never> {
  return refuse(noAttribute({ api, aspect, name, kind }, face, tools.entries()));
}

/** What can't travel is a refusal that comes after the fact. */
function encoded(value: unknown): Answered {
  const { lent, lend } = openLending();
  const payload = encodeValue(value, "result", { lend });
  if (!payload.ok) return refuse({ ...payload.fault, maybe_ran: true });
  return ok({ payload: payload.value, streams: lent.streams });
}

function thrown(served: Served, error: unknown): Answered {
  const { fault, stack, refusal } = faultOfError(error);
  if (!refusal) served.failed(stack);
  return refuse(fault);
}
