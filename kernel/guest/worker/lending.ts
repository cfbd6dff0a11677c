/** What a call lends beside plain data: functions and streams among its arguments, streams of its answer, the signal that it was given up. */
import type { Lend } from "../../primitives/prepare_plain.ts";
import type { LentRef } from "../../primitives/value_tags.ts";

/** A function among arguments. */
// deno-lint-ignore no-explicit-any -- any function
export type LentFunction = (...args: any[]) => unknown;

/** What was found while one list of arguments, or one answer, was written. */
export interface Lent {
  functions: LentFunction[] | undefined;
  streams: AsyncIterable<unknown>[] | undefined;
  signals: AbortSignal[] | undefined;
  /** Names of functions that are kept. */
  kept: string[] | undefined;
}

const Signal = AbortSignal;

/** Collects what one value lends. `keptName` tells a function that is kept by name; without it functions can't be lent here. */
export function openLending(
  keptName?: (fn: object) => string | undefined,
): { readonly lent: Lent; readonly lend: Lend } {
  const lent: Lent = { functions: undefined, streams: undefined, signals: undefined, kept: undefined };
  const lend = (value: object): LentRef | undefined => {
    if (typeof value === "function") {
      if (keptName === undefined) return undefined;
      const name = keptName(value);
      if (name !== undefined) {
        (lent.kept ??= []).push(name);
        return { kind: "kept", name };
      }
      const functions = lent.functions ??= [];
      return { kind: "function", no: numberOf(functions, value as LentFunction) };
    }
    if (value instanceof Signal) {
      if (keptName === undefined) return undefined;
      (lent.signals ??= []).push(value);
      return { kind: "signal" };
    }
    if (!isStream(value)) return undefined;
    const streams = lent.streams ??= [];
    return { kind: "stream", no: numberOf(streams, value) };
  };
  return { lent, lend };
}

/** The same thing twice is one. */
function numberOf<T>(list: T[], item: T): number {
  const at = list.indexOf(item);
  return at >= 0 ? at : list.push(item) - 1;
}

function isStream(value: object): value is AsyncIterable<unknown> {
  return typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === "function";
}
