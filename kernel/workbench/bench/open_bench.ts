/** A bench for one home: a room of its own for sockets and data, the home's cache of bundles, the home's prompts. */
import type { HostStatus } from "../../contract/status.ts";
import { NO_TOOLS } from "../../broker/mod.ts";
import { fault, FaultError, refuse } from "../../contract/fault.ts";
import { kernelServices } from "../../kernel_services.ts";
import { bundleCache } from "../../loader/mod.ts";
import { recordId } from "../../primitives/record_id.ts";
import { denoClock, denoFiles } from "../../powers_deno.ts";
import type { Places } from "../../watchdog/mod.ts";
import { benchPlaces } from "./bench_places.ts";
import { makeBenchFolder } from "./bench_folder.ts";
import type { Homes } from "./plan_module.ts";
import { Workbench, type WorkbenchOptions } from "./workbench.ts";

export interface OpenBench extends AsyncDisposable {
  readonly bench: Workbench;
  readonly places: Places;
  /** Ends what runs at once, for a process that ends right now. */
  kill(): void;
}

export interface BenchSetup extends Pick<WorkbenchOptions, "log" | "failed"> {
  /** What `kernel.secret` gives. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export async function openBench(
  homes: Homes,
  { secrets = {}, ...heard }: BenchSetup = {},
): Promise<OpenBench> {
  const { home } = homes;
  const folder = makeBenchFolder();
  const remove = () => Deno.removeSync(folder, { recursive: true });
  const places = benchPlaces(folder, homes);
  const bench = await Workbench.open({
    places,
    cache: bundleCache(denoFiles, `${home}/runtime/cache/modules`),
    shown_home: home,
    services: kernelServices({
      ...{ files: denoFiles, home, clock: denoClock, tools: NO_TOOLS, emit: () => {} },
      events: { recent: () => [], follow: () => () => {}, mark: NO_EVENT },
      tokens: { show: () => Promise.resolve(refuse(noHost("asBearer"))) },
      env: (name) => Promise.resolve(Object.hasOwn(secrets, name) ? secrets[name]! : null),
      status: () => Promise.reject<HostStatus>(new FaultError(noHost("status"))),
      reload: () => Promise.reject(new FaultError(noHost("reload"))),
    }),
    ...heard,
  });
  return {
    bench,
    places,
    kill() {
      bench.kill();
      remove();
    },
    async [Symbol.asyncDispose]() {
      await bench[Symbol.asyncDispose]();
      remove();
    },
  };
}

/** Where nothing happens. */
const NO_EVENT = recordId({ epoch: 0, count: 0 });

function noHost(name: string) {
  return fault("no_attribute", `kernel.${name} is not there: no host runs here`);
}
