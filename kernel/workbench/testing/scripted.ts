/** Services of a test: what they answer is said by the test, what they were asked is kept for it. */

/** Methods by name; what is no function is an attribute. A function may throw `fault(…)` of `meta-machine` or any error. */
export interface ScriptedService {
  // deno-lint-ignore no-explicit-any -- a method takes what it takes
  readonly [method: string]: ((...args: any[]) => unknown) | string | number | boolean | object | null;
}

/** One call that arrived. */
export interface ScriptedCall {
  readonly api: string;
  readonly aspect: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** What `scripted()` gives. */
export interface Scripted {
  /** Everything that was asked in this test, in order. */
  readonly all: readonly ScriptedCall[];
  /** The arguments of each call to a service, or to one method of it. */
  calls(api: string, method?: string): readonly (readonly unknown[])[];
  /** Forgets what was asked. Each test begins so. */
  clear(): void;
  readonly services: Readonly<Record<string, ScriptedService>>;
}

/** Stands in for services: `scripted({ database: { query: () => [{ n: 1 }] } })`. */
export function scripted(services: Readonly<Record<string, ScriptedService>>): Scripted {
  const all: ScriptedCall[] = [];
  const recorded = Object.entries(services).map(([api, service]) => [api, record(api, service, all)] as const);
  return {
    all,
    calls: (api, method) =>
      all.filter((call) => call.api === api && (method === undefined || call.method === method)).map(({ args }) =>
        args
      ),
    clear: () => void all.splice(0),
    services: Object.fromEntries(recorded),
  };
}

function record(api: string, service: ScriptedService, all: ScriptedCall[]): ScriptedService {
  const face = (aspect: string, from: ScriptedService): ScriptedService =>
    Object.fromEntries(
      Object.entries(from).filter(([name]) => !["getAspect", "get_aspect"].includes(name)).map(([method, value]) => [
        method,
        typeof value !== "function" ? value : (...args: unknown[]) => {
          all.push({ api, aspect, method, args });
          return value(...args);
        },
      ]),
    );
  const own = service["getAspect"] ?? service["get_aspect"];
  if (typeof own !== "function") return face("default", service);
  return {
    getAspect: (name: string) => name === "default" ? face(name, service) : face(name, own(name) as ScriptedService),
  };
}
