import type { LimitHit } from "meta-machine";
import { Module } from "../../../../plugins/services/database/mod.ts";
import { config, realFiles, type ScriptedKernel, scriptedKernel, withHome } from "../../scripted_kernel.ts";

/** What a module can call. */
export type Methods = Omit<Module, "run" | "shutdown" | "getAspect">;
export interface Served {
  readonly home: string;
  readonly module: Module;
  readonly reported: readonly LimitHit[];
  /** The module as one caller sees it. */
  as(api: string, principal?: string, signal?: AbortSignal): Methods;
  /** Another instance on the same file, as during a reload. */
  another(): Served;
}

/** The module `database` on a real file. */
export function withDatabase(own: Record<string, unknown>, act: (served: Served) => Promise<void>): Promise<void> {
  return withHome(async (home) => {
    const opened: Module[] = [];
    const serve = (): Served => {
      const scripted = scriptedKernel();
      const module = new Module(scripted.kernel, config(own), realFiles(home, "runtime/files/database"));
      opened.push(module);
      return {
        home,
        module,
        reported: scripted.reported,
        as: (...who) => calledBy(scripted, module, ...who),
        another: serve,
      };
    };
    try {
      await act(serve());
    } finally {
      for (const module of opened) await module.shutdown();
    }
  });
}

/** The methods of an instance, each called in the name of one caller. */
export function calledBy(
  { as }: ScriptedKernel,
  module: Module,
  api: string,
  principal?: string,
  signal?: AbortSignal,
): Methods {
  const call = (name: keyof Methods) => (...args: unknown[]) =>
    as(api, () => Reflect.apply(module[name], module, args), principal, signal);
  return Object.fromEntries(METHODS.map((name) => [name, call(name)])) as unknown as Methods;
}

const METHODS: readonly (keyof Methods)[] = [
  ...["about", "execute", "query", "transaction", "rows", "tables", "statements"] as const,
  ...["session_open", "session_run", "session_rows", "session_close"] as const,
];
