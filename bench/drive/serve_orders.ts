/** The other end of piped_session.ts: carries out one order after the other until stdin ends. */
import type { Figures, Order } from "./orders.ts";

export async function serveOrders(carry: (order: Order) => Promise<Figures>): Promise<void> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    rest += text;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const order: Order = JSON.parse(rest.slice(0, end));
      rest = rest.slice(end + 1);
      console.log(JSON.stringify(await carry(order)));
    }
  }
}
