import { Module } from "../../../../plugins/services/filesystem/mod.ts";
import { config, realFiles, scriptedKernel, withHome } from "../../scripted_kernel.ts";

type Methods = Pick<Module, "read_file" | "write_file" | "list" | "stat" | "delete">;
export interface Served {
  readonly home: string;
  readonly module: Module;
  /** The module as one caller sees it. */
  as(api: string, principal?: string): Methods;
}

/** The module `filesystem` on a real home, through the real builtin `files`. */
export function withFilesystem(own: Record<string, unknown>, act: (served: Served) => Promise<void>): Promise<void> {
  return withHome(async (home) => {
    const scripted = scriptedKernel();
    const module = new Module(scripted.kernel, config(own), realFiles(home));
    await act({
      home,
      module,
      as: (api, principal) => ({
        read_file: (file) => scripted.as(api, () => module.read_file(file), principal),
        write_file: (file, content) => scripted.as(api, () => module.write_file(file, content), principal),
        list: (folder) => scripted.as(api, () => module.list(folder), principal),
        stat: (file) => scripted.as(api, () => module.stat(file), principal),
        delete: (file) => scripted.as(api, () => module.delete(file), principal),
      }),
    });
  });
}
