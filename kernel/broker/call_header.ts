import type { KernelMessage } from "../contract/wire.ts";
import { MORE } from "./call_ends.ts";
import { type CallEntry, keyOf } from "./call_ledger.ts";
import type { Seat } from "./seat.ts";

/** How the call is told to the seat that takes it. */
export function headerOf(entry: CallEntry, seat: Seat, now: number, more: boolean): KernelMessage {
  const { id, aspect, name, kind, caller, trace, depth, lends, made } = entry;
  const ms = Math.max(1, Math.ceil(entry.deadline - now));
  const plain = {
    t: "call",
    id,
    key: keyOf(entry),
    to: seat.instance,
    aspect,
    name,
    kind,
    caller,
    trace,
    ms,
    depth,
  } as const;
  if (!more && lends?.streams === undefined && made === undefined) return plain;
  return {
    ...plain,
    ...(more && MORE),
    ...(lends?.streams !== undefined && { streams: lends.streams }),
    ...(made !== undefined && { made }),
  };
}
