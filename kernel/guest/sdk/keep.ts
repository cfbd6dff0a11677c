/** A function that is lent beyond the call with which it is passed. Callable like itself. */
// deno-lint-ignore no-explicit-any -- any function
export type KeptFunction<F extends (...args: any[]) => unknown> = F & Disposable & {
  /** Takes it back: from now on nobody can call it. Twice is harmless. */
  revoke(): void;
};

/** What keeps, and gives what takes back; set by the bootstrap of a module's Worker. */
export interface Keeper {
  keep(name: string, fn: (...args: unknown[]) => unknown): () => void;
}

let keeper: Keeper | undefined;

/** Hands the keeper over, once, before module code runs. */
export function openKeeping(given: Keeper): void {
  keeper ??= given;
}

/**
 * Keeps a function under a name: passed as an argument, it stays callable after that call until it is revoked, the name is given to another function,
 * or this instance of the module ends. Functions passed without are callable only until the call with which they were passed ends:
 * `await prices.subscribe(keep("on_price", (price) => …))`. Throws on a name that is empty or longer than 128 characters, and when 256 are kept.
 */
// deno-lint-ignore no-explicit-any -- any function
export function keep<F extends (...args: any[]) => unknown>(name: string, fn: F): KeptFunction<F> {
  if (typeof name !== "string" || name.length === 0 || name.length > 128) {
    throw new TypeError(
      "keep(): the name is no text of 1 to 128 characters; pass one that tells what the function is for",
    );
  }
  if (typeof fn !== "function") throw new TypeError(`keep(): '${name}' is ${typeof fn}; pass a function`);
  if (keeper === undefined) throw new Error("keep() works inside a running host only");
  const kept = ((...args: unknown[]) => fn(...args)) as KeptFunction<F>;
  const revoke = keeper.keep(name, kept);
  Object.defineProperties(kept, { revoke: { value: revoke }, [Symbol.dispose]: { value: revoke } });
  return Object.freeze(kept);
}
