import { type Fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { encodeValue } from "../../primitives/value_codec.ts";
import { decodeValue } from "../../primitives/value_codec.ts";
import type { ToWorker } from "../port.ts";
import type { ServedCall } from "./call_context.ts";
import { faultOfError } from "./fault_of_error.ts";
import { findAspect, hasAttribute, noAttribute, privateName } from "./find_attribute.ts";
import { callerOf } from "./kernel_object.ts";
import { type ModuleTools, TOOL_ASPECT } from "./module_tools.ts";

/** The module as one that serves. */
export interface Served {
  readonly api: string;
  readonly instance: object;
  readonly tools: ModuleTools;
  /** An error of the module's own: counted, its stack goes to the module's log. */
  readonly failed: (stack: string) => void;
}

/** Serves one call from its name to the bytes of its answer. Never throws: everything that goes wrong is a fault. */
export async function serveCall(
  served: Served,
  order: ToWorker & { t: "call" },
  call: ServedCall,
): Promise<Result<Uint8Array>> {
  const { api, instance } = served;
  const { aspect, name, kind } = order;
  const refusal = privateName(name);
  if (refusal) return refuse(refusal);
  const face = await findAspect(instance, api, aspect);
  if (!face.ok) return face;
  try {
    const args = decodeValue(order.payload);
    if (!args.ok) return args;
    const list = Array.isArray(args.value) ? args.value : [args.value];
    const act = kind === "call" && aspect === TOOL_ASPECT
      ? await toolCall(served, face.value, name, list, call)
      : attributeCall(api, face.value, order, list);
    if (!act.ok) return act;
    return encoded(await act.value());
  } catch (error) {
    return refuse(thrown(served, error));
  }
}

type Act = () => unknown;

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

function attributeCall(
  api: string,
  face: object,
  { aspect, name, kind }: ToWorker & { t: "call" },
  args: readonly unknown[],
): Result<Act> {
  if (!hasAttribute(face, name)) return refuse(noAttribute(api, aspect, name));
  const value = (face as Record<string, unknown>)[name];
  if (kind === "get") return ok(() => value);
  if (typeof value !== "function") return refuse(noAttribute(api, aspect, name));
  return ok(() => Reflect.apply(value, face, args));
}

/** What can't travel is a refusal that comes after the fact. */
function encoded(value: unknown): Result<Uint8Array> {
  const bytes = encodeValue(value, "result");
  return bytes.ok ? bytes : refuse({ ...bytes.fault, maybe_ran: true });
}

function thrown(served: Served, error: unknown): Fault {
  const { fault, stack, refusal } = faultOfError(error);
  if (!refusal) served.failed(stack);
  return fault;
}
