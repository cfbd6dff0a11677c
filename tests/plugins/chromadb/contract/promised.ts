import type { Served, Store } from "../with_chroma.ts";

/** Registers one test of the contract for a store. */
export type Promised = (
  name: string,
  act: (served: Served) => Promise<void>,
  own?: Record<string, unknown>,
  services?: Record<string, unknown>,
) => void;

export function promisedBy(store: Store): Promised {
  return (name, act, own = {}, services = {}) =>
    Deno.test({
      name: `${store.name}: ${name}`,
      ignore: store.missing !== undefined,
      fn: () => store.serve(own, act, services),
    });
}

/** Both stores count in 32 bits, each in its own order. */
export function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, item) => typeof item === "number" ? Math.round(item * 1e4) / 1e4 + 0 : item),
  );
}
