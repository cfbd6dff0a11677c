/** What the contract is tried on. */
import type { Methods } from "../with_database.ts";

export interface ContractServed {
  /** The module as one caller sees it. */
  as(api: string, principal?: string, signal?: AbortSignal): Methods;
}

export interface ContractEngine {
  readonly name: "SQLite" | "PostgreSQL";
  /** The type of bytes. */
  readonly bytes: string;
  /** Not here, and why. */
  readonly missing?: string;
  serve(own: Record<string, unknown>, act: (served: ContractServed) => Promise<void>): Promise<void>;
}

/** Registers one test of the contract for an engine. */
export type Promised = (
  name: string,
  act: (served: ContractServed) => Promise<void>,
  own?: Record<string, unknown>,
) => void;

export function promisedBy(engine: ContractEngine): Promised {
  return (name, act, own = {}) =>
    Deno.test({
      name: `${engine.name}: ${name}`,
      ignore: engine.missing !== undefined,
      fn: () => engine.serve(own, act),
    });
}

/** A handle as `kernel.getApi("database")` gives it, without a host between. */
export function handleOf(methods: Methods): { call(name: string, ...args: unknown[]): Promise<unknown> } {
  return {
    call: async (name, ...args) => await Reflect.apply(methods[name as keyof Methods], undefined, args),
  };
}
