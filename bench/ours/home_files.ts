/** The home that is measured: a kernel that extends the shipped one, a module that is called, one that calls it, and as many more as wanted. */
import { fileURLToPath } from "node:url";

export const PROGRAM = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** Paths in the home and their texts. */
export type HomeFiles = Readonly<Record<string, string>>;

export interface HomeWishes {
  /** How many besides those two, all of one source. */
  readonly more: number;
  readonly warm_cells: number;
}

export function homeFiles({ more, warm_cells }: HomeWishes): HomeFiles {
  const many = Array.from({ length: more }, (_, n) => [`configs/m${n}.yml`, "prog: echo\n"]);
  return {
    "configs/meta-v2.yml": `prog: bench_kernel\nwarm_cells: ${warm_cells}\n`,
    "kernel/bench_kernel.ts": `export { Kernel } from "${new URL("bench_kernel.ts", import.meta.url)}";\n`,
    "runtime/logs/.keep": "",
    "configs/echo.yml": "limits: {calls_in_flight: 4096}\n",
    "plugins/echo.ts": "export class Module {\n  echo(n: number) {\n    return n;\n  }\n}\n",
    "configs/caller.yml": "grants: {services: [echo]}\nlimits: {calls_in_flight: 4096}\n",
    "plugins/caller/mod.ts": CALLER,
    ...Object.fromEntries(
      DRIVE.map((file) => [`plugins/caller/${file}`, Deno.readTextFileSync(`${PROGRAM}/bench/drive/${file}`)]),
    ),
    ...Object.fromEntries(many),
  };
}

/** What the caller needs of bench/drive/. */
const DRIVE = ["calls.ts", "call_orders.ts"];
const CALLER = `import type { Kernel, ModuleHandle } from "meta-machine";
import { type CallOrder, carryOutCalls } from "./call_orders.ts";

export class Module {
  #echo: ModuleHandle<{ echo(n: number): number }>;
  constructor(kernel: Kernel) {
    this.#echo = kernel.getApi("echo");
  }
  drive(order: CallOrder) {
    return carryOutCalls(order, (n) => this.#echo.echo(n));
  }
}
`;
