/**
 * The short form of the headers that every call has: an array of fields in a fixed order, the kind first. Written and parsed faster than
 * the same fields with their names, which counts where every call has it. short_headers.ts has the wire's, guest/port_headers.ts those of a Worker's
 * port; all other messages travel as they are.
 *
 * A field that is absent is 0 where no value can be (numbers of streams, codes, names), -1 where 0 is a value.
 */
import type { CallKind } from "../contract/wire.ts";

/** First entry of a short header. */
export const SHORT = Object.freeze({ call: 1, reply: 2 });
/** Kinds of calls by their number in a short header. */
export const KINDS: readonly CallKind[] = Object.freeze(["call", "get", "lent", "kept"]);

/** The number of a kind in a short header. */
export function kindNumber(kind: CallKind): number {
  return kind === "call" ? 0 : kind === "get" ? 1 : kind === "lent" ? 2 : 3;
}

/** The reply of a callee. */
export function writeAnswer(id: number, ok: boolean, code: string | undefined, streams: number): string {
  return `[2,${id},${ok ? 1 : 0},${code === undefined ? 0 : `"${code}"`},${streams}]`;
}
/** The reply to a caller, who also hears whether a live instance was found. */
export function writeReply(id: number, ok: boolean, live: boolean, code: string | undefined, streams: number): string {
  return `[2,${id},${ok ? 1 : 0},${live ? 1 : 0},${code === undefined ? 0 : `"${code}"`},${streams}]`;
}

/** The fields of what `writeAnswer` wrote, or claims to have, under their names; undefined when it is no such array. Nothing is checked. */
export function nameAnswer(header: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  if (header[0] !== SHORT.reply || header.length !== 5) return undefined;
  const [, id, ok, code, streams] = header;
  return {
    t: "reply",
    id,
    ok: ok === 1 ? true : ok === 0 ? false : ok,
    code: present(code),
    streams: present(streams),
  };
}

/** A field that is 0 when it is absent. */
export function present(field: unknown): unknown {
  return field === 0 ? undefined : field;
}
/** A field that is -1 when it is absent. */
export function orAbsent(field: unknown): unknown {
  return field === -1 ? undefined : field;
}
/** A field that is true or absent. */
export function flag(field: unknown): unknown {
  return field === 1 ? true : present(field);
}
