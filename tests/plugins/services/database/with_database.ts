import { Module } from "../../../../plugins/services/database/mod.ts";
import { config, realFiles, scriptedKernel, withHome } from "../../scripted_kernel.ts";

type Methods = Pick<Module, "execute" | "query" | "transaction">;
export interface Served {
  readonly home: string;
  readonly module: Module;
  /** The module as one caller sees it. */
  as(api: string, principal?: string): Methods;
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
      const as = (api: string, principal?: string): Methods => ({
        execute: (sql, params) => scripted.as(api, () => module.execute(sql, params), principal),
        query: (sql, params) => scripted.as(api, () => module.query(sql, params), principal),
        transaction: (statements) => scripted.as(api, () => module.transaction(statements), principal),
      });
      return { home, module, as, another: serve };
    };
    try {
      await act(serve());
    } finally {
      for (const module of opened) await module.shutdown();
    }
  });
}
