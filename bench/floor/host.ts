/** The floor's host: starts bare processes, calls their modules, relays calls between two of them. No ids beyond a number, no grants, no limits. */
import type { CallOrder, Figures } from "../drive/call_orders.ts";
import type { DrivenHost } from "../drive/host_orders.ts";
import { serveOrders } from "../drive/serve_orders.ts";
import { FloorCell, type ModuleFile } from "./floor_cell.ts";

const folder = await Deno.makeTempDir();
let sockets = 0;
const start = (module: ModuleFile) => FloorCell.start(`${folder}/${sockets++}.sock`, module);

let echo = await start("echo_worker.ts");
let caller: FloorCell | undefined;
const more = new Map<number, FloorCell>();

const host: DrivenHost = {
  call: (n) => echo.call(n),
  async inModule(order: CallOrder) {
    caller ??= await start("caller_worker.ts");
    caller.relayed_to = echo;
    return await caller.order(order) as Figures;
  },
  async startOne(n) {
    const cell = await start("echo_worker.ts");
    more.set(n, cell);
    await cell.call(n);
  },
  async endOne(n) {
    await more.get(n)?.end();
    more.delete(n);
  },
  /** The new one is up before the old one goes; calls in flight finish where they are. */
  async reload() {
    const fresh = await start("echo_worker.ts");
    await fresh.call(0);
    const old = echo;
    echo = fresh;
    while (old.in_flight > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await old.end();
  },
};

await serveOrders(host);
for (const cell of [echo, ...caller ? [caller] : [], ...more.values()]) await cell.end();
await Deno.remove(folder, { recursive: true });
Deno.exit(0);
