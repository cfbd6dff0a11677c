/**
 * The shipped kernel, and beside it a driver that calls modules from within the kernel's process. Orders are files in the home's
 * `runtime/logs/`, where a kernel may write: `order-N.json` is answered by `answer-N.json`.
 */
import type { PlannedModule } from "../../kernel/contract/spec.ts";
import { Kernel as ShippedKernel } from "../../kernel/kernel.ts";
import type { KernelSetup } from "../../kernel/kernel_setup.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import type { Figures } from "../drive/call_orders.ts";
import { carryOut, type DrivenHost } from "../drive/host_orders.ts";

export class Kernel extends ShippedKernel {
  readonly #folder: string;
  /** Modules `m0`, `m1`, … while they are stopped. */
  readonly #stopped = new Map<string, PlannedModule>();

  constructor(setup: KernelSetup) {
    super(setup);
    this.#folder = `${setup.hello.home}/runtime/logs`;
  }

  override async boot(): Promise<void> {
    void this.#serve(Deno.watchFs(this.#folder));
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
    prepare: async () => {
      for (const life of this.lives.all()) if (/^m\d+$/.test(life.api)) await this.#stop(life.api);
    },
    startOne: (n) => {
      const planned = this.#stopped.get(`m${n}`)!;
      void this.lives.apply({ kind: "start", api: planned.spec.api, planned });
      return this.#call(`m${n}`, "echo", [n]); // held until it serves
    },
    endOne: (n) => this.#stop(`m${n}`),
    reload: async () => await this.lives.get("echo")!.again(),
  };

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
