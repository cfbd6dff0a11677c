import { newMessagePortRpcSession, RpcTarget } from "capnweb";
import { type CallOrder, carryOutCalls } from "../drive/call_orders.ts";

/** What the host has for a module that calls. */
interface Host extends RpcTarget {
  echo(n: number): Promise<unknown>;
}

class Module extends RpcTarget {
  echo(n: number) {
    return n;
  }
  async drive(order: CallOrder) {
    return await carryOutCalls(order, async (n) => await host.echo(n));
  }
}

const { promise, resolve } = Promise.withResolvers<MessagePort>();
(self as unknown as Worker).onmessage = ({ data }: MessageEvent<MessagePort>) => resolve(data);
const host = newMessagePortRpcSession<Host>(await promise, new Module());
