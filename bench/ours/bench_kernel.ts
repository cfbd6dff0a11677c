/**
 * The shipped kernel, and beside it a driver that calls modules from within the kernel's process. Orders are files in the home's
 * `runtime/logs/`, where a kernel may write: `order-N.json` is answered by `answer-N.json`.
 */
import type { PlannedModule } from "../../kernel/contract/spec.ts";
import { Kernel as ShippedKernel } from "../../kernel/kernel.ts";
import { bundleCache, bundleKey } from "../../kernel/loader/mod.ts";
import { LIBRARY_VERSIONS } from "../../libs/mod.ts";
import type { KernelSetup } from "../../kernel/kernel_setup.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import type { Figures } from "../drive/call_orders.ts";
import { carryOut, type DrivenHost } from "../drive/host_orders.ts";

/** Modules that are started when an order says so. */
const MORE = /^m\d+$/;

export class Kernel extends ShippedKernel {
  readonly #setup: KernelSetup;
  readonly #folder: string;
  /** Of MORE, those that have been stopped. */
  readonly #stopped = new Map<string, PlannedModule>();

  constructor(setup: KernelSetup) {
    super(setup);
    this.#setup = setup;
    this.#folder = `${setup.hello.home}/runtime/logs`;
  }

  /** MORE have their lives from the plan, so that the reconciler finds nothing to do, but are not started with the host. */
  override async boot(): Promise<void> {
    void this.#serve(Deno.watchFs(this.#folder));
    const expected = this.lives.expected.bind(this.lives);
    this.lives.expected = () => expected().filter(({ api }) => !MORE.test(api));
    await super.boot();
  }

  async #serve(watcher: Deno.FsWatcher): Promise<void> {
    const taken = new Set<string>();
    for await (const { paths } of watcher) {
      for (const path of paths) {
        const number = /\/order-(\d+)\.json$/.exec(path)?.[1];
        if (number === undefined || taken.has(number)) continue;
        taken.add(number);
        const answer: Figures | { error: string } = await carryOut(
          JSON.parse(await Deno.readTextFile(path)),
          this.#host,
        )
          .catch((error) => ({ error: String(error) }));
        await Deno.writeTextFile(`${this.#folder}/answer.tmp`, JSON.stringify(answer));
        await Deno.rename(`${this.#folder}/answer.tmp`, `${this.#folder}/answer-${number}.json`);
      }
    }
  }

  readonly #host: DrivenHost = {
    call: (n) => this.#call("echo", "echo", [n]),
    inModule: async (order) => await this.#call("caller", "drive", [order]) as Figures,
    prepare: () => this.#cacheBundles(),
    startOne: (n) => {
      const api = `m${n}`;
      const planned = this.#stopped.get(api);
      if (planned === undefined) void this.lives.get(api)!.start();
      else void this.lives.apply({ kind: "start", api: planned.spec.api, planned });
      return this.#call(api, "echo", [n]); // held until it serves
    },
    endOne: (n) => this.#stop(`m${n}`),
    reload: async () => await this.lives.get("echo")!.again(),
  };

  /** All are of one source: its bundle is put where each of them will look for its own. */
  async #cacheBundles(): Promise<void> {
    const { powers: { files, runtime }, hello: { home } } = this.#setup;
    const cache = bundleCache(files, `${home}/runtime/cache/modules`);
    const keyOf = ({ source, spec: { api, grants: { packages, builtins } } }: PlannedModule) =>
      bundleKey({ api, source, packages, builtins }, LIBRARY_VERSIONS, runtime);
    const code = await cache.read(await keyOf(this.lives.get("echo")!.wanted));
    for (const { api, wanted } of this.lives.all()) if (MORE.test(api)) await cache.write(await keyOf(wanted), code!);
  }

  async #stop(api: string): Promise<void> {
    const planned = this.lives.get(api)!.wanted;
    this.#stopped.set(api, planned);
    await this.lives.apply({ kind: "stop", api: planned.spec.api });
  }

  async #call(api: string, name: string, args: readonly unknown[]): Promise<unknown> {
    const payload = encodeValue(args, "arguments");
    if (!payload.ok) throw new Error(payload.fault.message);
    const { outcome } = this.broker.callAsOperator({ api, aspect: "default", name, payload: payload.value });
    const answer = await outcome;
    if (!answer.ok) throw new Error(`${answer.fault.code}: ${answer.fault.message}`);
    const value = decodeValue(answer.payload);
    if (!value.ok) throw new Error(value.fault.message);
    return value.value;
  }
}
