/**
 * The shipped kernel, and beside it a driver that calls a module from within the kernel's process. Orders are files in the home's
 * `runtime/logs/` (the kernel may write there): `order-N.json` is answered by `answer-N.json`.
 */
import { Kernel as ShippedKernel } from "../../kernel/kernel.ts";
import type { KernelSetup } from "../../kernel/kernel_setup.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import { carryOut, type Order } from "../drive/orders.ts";

/** An order for the driver here, or a method of a module to be called once. */
export type KernelOrder =
  | { readonly drive: Order }
  | { readonly call: { readonly api: string; readonly method: string; readonly args: readonly unknown[] } };

export class Kernel extends ShippedKernel {
  readonly #folder: string;

  constructor(setup: KernelSetup) {
    super(setup);
    this.#folder = `${setup.hello.home}/runtime/logs`;
  }

  override async boot(): Promise<void> {
    const watcher = Deno.watchFs(this.#folder);
    void this.#serve(watcher);
    await super.boot();
  }

  async #serve(watcher: Deno.FsWatcher): Promise<void> {
    const done = new Set<string>();
    for await (const { paths } of watcher) {
      for (const path of paths) {
        const number = /\/order-(\d+)\.json$/.exec(path)?.[1];
        if (number === undefined || done.has(number)) continue;
        done.add(number);
        const answer = await this.#answer(JSON.parse(await Deno.readTextFile(path)))
          .catch((error) => ({ error: String(error) }));
        await Deno.writeTextFile(`${this.#folder}/answer.tmp`, JSON.stringify(answer));
        await Deno.rename(`${this.#folder}/answer.tmp`, `${this.#folder}/answer-${number}.json`);
      }
    }
  }

  async #answer(order: KernelOrder): Promise<unknown> {
    if ("drive" in order) return await carryOut(order.drive, (n) => this.#call("echo", "echo", [n]));
    const { api, method, args } = order.call;
    return await this.#call(api, method, args);
  }

  async #call(api: string, name: string, args: readonly unknown[]): Promise<unknown> {
    const payload = encodeValue(args, "arguments");
    if (!payload.ok) throw new Error(payload.fault.message);
    const outcome = await this.broker.callAsOperator({ api, aspect: "default", name, payload: payload.value }).outcome;
    if (!outcome.ok) throw new Error(`${outcome.fault.code}: ${outcome.fault.message}`);
    const value = decodeValue(outcome.payload);
    if (!value.ok) throw new Error(value.fault.message);
    return value.value;
  }
}
