/** What the hosts of Workers share: each module is a Worker that may nothing, in one process. */
import type { CallOrder, Figures } from "../drive/call_orders.ts";
import { serveOrders } from "../drive/serve_orders.ts";

export interface Connected {
  echo(n: number): PromiseLike<unknown>;
  /** Only of a module that was told whom to call. */
  drive?(order: CallOrder): PromiseLike<Figures>;
}

/** `connect`: from a new Worker to its far end. `callee`: whom its own calls go to, over the host. */
export async function serveWorkers(
  script: string,
  connect: (worker: Worker, callee?: (n: number) => Promise<unknown>) => Promise<Connected>,
): Promise<void> {
  const start = () => new Worker(script, { type: "module", deno: { permissions: "none" } });
  const first = await connect(start());
  const call = async (n: number) => await first.echo(n);
  let caller: Connected | undefined;
  const more = new Map<number, Worker>();
  await serveOrders({
    call,
    async inModule(order) {
      caller ??= await connect(start(), call);
      return await caller.drive!(order);
    },
    async startOne(n) {
      const worker = start();
      more.set(n, worker);
      await (await connect(worker)).echo(n);
    },
    endOne(n) {
      more.get(n)?.terminate();
      more.delete(n);
      return Promise.resolve();
    },
  });
  Deno.exit(0);
}
