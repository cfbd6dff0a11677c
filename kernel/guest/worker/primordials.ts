/**
 * The realm's own functions as they were before any module code ran. A module may patch every built-in: what the host hands a power to (its port, a
 * function of Deno, a decision about a path) goes through these and never through a property that a module can replace.
 */
type Method<Self, Args extends unknown[], Out> = (this: Self, ...args: Args) => Out;

const { bind, call } = Function.prototype;

/** A method as a function of its `this`: no lookup happens when it runs. */
export const uncurry: <Self, Args extends unknown[], Out>(
  method: Method<Self, Args, Out>,
) => (self: Self, ...args: Args) => Out = bind.bind(call) as never;

export const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
export const { preventExtensions, setPrototypeOf } = Reflect;
export const { assign, create, freeze, keys, hasOwn } = Object;
export const isArray = Array.isArray;
export const objectPrototype = Object.prototype;
export const functionPrototype = Function.prototype;

export const charCode = uncurry(String.prototype.charCodeAt);
export const indexOf = uncurry(String.prototype.indexOf) as (text: string, part: string, from?: number) => number;
export const lastIndexOf = uncurry(String.prototype.lastIndexOf) as (text: string, part: string) => number;
export const slice = uncurry(String.prototype.slice) as (text: string, from: number, to?: number) => string;
export const startsWith = uncurry(String.prototype.startsWith) as (text: string, part: string) => boolean;

export const schedule = queueMicrotask;
export const after = setTimeout;
export const every = setInterval;
export const cancelAfter = clearTimeout;
export const cancelEvery = clearInterval;

const monotonicNow = uncurry(performance.now);
const clock = performance;
/** Milliseconds that never go back, with fractions: for the host's own measuring. */
export function monotonic(): number {
  return monotonicNow(clock);
}
export const wallClock = Date.now;
export const floor = Math.floor;

/** A Map that keeps its methods whatever becomes of Map.prototype. Walk it with `forEach`: its iterators belong to the realm. */
export class SafeMap<Key, Value> extends Map<Key, Value> {}
for (const key of ownKeys(Map.prototype)) {
  if (key !== "constructor") {
    defineProperty(SafeMap.prototype, key, getOwnPropertyDescriptor(Map.prototype, key)!);
  }
}
setPrototypeOf(SafeMap.prototype, null);
freeze(SafeMap.prototype);

/** Gives an object all the methods it inherits as its own, for good: calls that the runtime makes on it can no longer be caught on a prototype. */
export function pinMethods(object: object): void {
  for (let from = getPrototypeOf(object); from !== null && from !== objectPrototype; from = getPrototypeOf(from)) {
    for (const key of ownKeys(from)) {
      const property = getOwnPropertyDescriptor(from, key)!;
      if (
        typeof key === "string" && key !== "constructor" && typeof property.value === "function" && !hasOwn(object, key)
      ) {
        defineProperty(object, key, { value: property.value });
      }
    }
  }
}
