import { apply, defineProperty, getOwnPropertyDescriptor, ownKeys, uncurry } from "./primordials.ts";

/**
 * Counts what `crypto.subtle` has under way: beside timers it is all that can take long by itself and then let module code run on, and the host looks less
 * often at a module that waits for nothing. Runs before module code; gives the count.
 */
export function countCrypto(): () => number {
  let pending = 0;
  const prototype = SubtleCrypto.prototype as unknown as Record<string, unknown>;
  for (const name of ownKeys(prototype) as string[]) {
    const method = getOwnPropertyDescriptor(prototype, name)?.value;
    if (typeof name !== "string" || name === "constructor" || typeof method !== "function") continue;
    const counted = function (this: unknown, ...args: unknown[]): unknown {
      const promise = apply(method, this, args);
      if (!(promise instanceof NativePromise)) return promise;
      pending++;
      return then(promise, (value) => {
        pending--;
        return value;
      }, (error) => {
        pending--;
        throw error;
      });
    };
    defineProperty(counted, "name", { value: name, configurable: true });
    defineProperty(counted, "length", { value: method.length, configurable: true });
    defineProperty(prototype, name, { value: counted, writable: true, enumerable: true, configurable: true });
  }
  return () => pending;
}

const { Promise: NativePromise } = globalThis;
const then = uncurry(
  NativePromise.prototype.then as (
    this: Promise<unknown>,
    done: (value: unknown) => unknown,
    failed: (error: unknown) => unknown,
  ) => Promise<unknown>,
);
