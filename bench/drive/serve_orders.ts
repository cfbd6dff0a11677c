/** The other end of piped_session.ts: carries out one order after the other until stdin ends. */
import type { Figures } from "./call_orders.ts";
import { carryOut, type DrivenHost, type HostOrder } from "./host_orders.ts";
import { eachLine } from "./lines.ts";

export async function serveOrders(host: DrivenHost): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  await eachLine(Deno.stdin, (line) => {
    last = last.then(async () => console.log(JSON.stringify(await answer(JSON.parse(line), host))));
  });
  await last;
}

async function answer(order: HostOrder, host: DrivenHost): Promise<Figures | { error: string }> {
  try {
    return await carryOut(order, host);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
