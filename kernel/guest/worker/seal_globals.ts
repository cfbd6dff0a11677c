import { GLOBAL_NAMES } from "./global_names.ts";
import {
  assign,
  create,
  defineProperty,
  deleteProperty,
  freeze,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  objectPrototype,
  ownKeys,
  preventExtensions,
  setPrototypeOf,
  uncurry,
} from "./primordials.ts";
import { sealFunctions } from "./seal_functions.ts";
import { sealTime } from "./seal_time.ts";

/** What the bootstrap puts in the place of the runtime's own. */
export interface ModuleGlobals {
  readonly console: object;
  readonly setTimeout: unknown;
  readonly clearTimeout: unknown;
  readonly setInterval: unknown;
  readonly clearInterval: unknown;
  readonly queueMicrotask: unknown;
  /** Only where granted. */
  readonly fetch?: unknown;
}

/**
 * Leaves on the global object what GLOBAL_NAMES lists, with `ours` in its place there, and nothing else with a name; a name that can't be taken away is
 * a reason not to run (it throws). Symbol keys stay: the runtime needs them. `uncaught` hears what nobody caught.
 */
export function sealGlobals(
  ours: ModuleGlobals,
  { wasm, tls = false, uncaught }: {
    readonly wasm: boolean;
    /** Node's TLS is granted. */
    readonly tls?: boolean;
    readonly uncaught: (error: unknown) => void;
  },
): void {
  const keep = create(null) as Record<string, true>;
  for (const name of GLOBAL_NAMES) keep[name] = true;
  if (wasm) keep["WebAssembly"] = true;

  const hook = reportHook(uncaught, tls);
  for (const key of ownKeys(globalThis)) {
    if (typeof key !== "string") continue;
    if (keep[key]) plainProperty(key);
    else if (!deleteProperty(globalThis, key)) throw new Error(`the global '${key}' can't be taken away`);
  }
  for (const key of ownKeys(ours) as (keyof ModuleGlobals)[]) {
    defineProperty(globalThis, key, { value: ours[key], writable: true, configurable: true, enumerable: false });
  }
  sealFunctions();
  sealTime();
  sealErrors();
  sealWeb();
  sealPrototypes();
  setPrototypeOf(globalThis, hook);
}

/** Lazy accessors of the runtime become values, so that nothing of it runs later on the module's behalf. */
function plainProperty(name: string): void {
  const property = getOwnPropertyDescriptor(globalThis, name)!;
  if (!property.configurable || "value" in property) return;
  defineProperty(globalThis, name, {
    value: (globalThis as unknown as Record<string, unknown>)[name],
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/**
 * The runtime reports uncaught errors and rejections by `globalThis.dispatchEvent(event)` and ends the process when it isn't there. So this one name stays, inherited
 * and fixed. It takes the runtime's two reports, whose classes are out of a module's reach, and refuses everything else; as an event target the global object is dead.
 * Beside it, for TLS only, what is left of `Deno`.
 */
function reportHook(report: (error: unknown) => void, tls: boolean): object {
  const errorEvent = ErrorEvent.prototype;
  const rejectionEvent = PromiseRejectionEvent.prototype;
  const preventDefault = uncurry(Event.prototype.preventDefault);
  const dispatchEvent = (event: ErrorEvent & PromiseRejectionEvent): boolean => {
    const kind = typeof event === "object" && event !== null ? getPrototypeOf(event) : null;
    if (kind !== errorEvent && kind !== rejectionEvent) throw new TypeError("dispatchEvent is not available here");
    preventDefault(event);
    report(kind === errorEvent ? event.error : event.reason);
    return false;
  };
  const names = { dispatchEvent: { value: dispatchEvent }, ...(tls && { Deno: { value: denoRemains() } }) };
  return freeze(create(objectPrototype, names));
}

/** The runtime's own TLS asks whether there is a `Deno`, at each connection, and its look-up of a name that has no address compares the error with this class. */
function denoRemains(): object {
  const { NotCapable } = Deno.errors;
  freeze(NotCapable.prototype);
  const errors = freeze(assign(create(null), { NotCapable: freeze(NotCapable) }));
  return freeze(assign(create(null), { errors }));
}

/** A hook on stack traces would see the frames of the host: it can be set, as libraries do, and is never called. */
function sealErrors(): void {
  defineProperty(Error, "prepareStackTrace", {
    get: () => undefined,
    set() {},
    configurable: false,
    enumerable: false,
  });
}

/** What listed classes would bring along that the list does not. */
function sealWeb(): void {
  deleteProperty(URL, "createObjectURL");
  deleteProperty(URL, "revokeObjectURL");
}

/**
 * The runtime delivers the host's messages as events: it asks them by their accessors, and collects their targets in lists. So events are fixed, and nothing new
 * can be put where every list and every object inherits it: a patched `currentTarget`, or a setter for "0", would be handed the host's port.
 */
function sealPrototypes(): void {
  freeze(Event.prototype);
  for (const prototype of [objectPrototype, Array.prototype, EventTarget.prototype]) preventExtensions(prototype);
}
