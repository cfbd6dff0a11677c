import { expose } from "comlink";
import { type CallOrder, carryOutCalls } from "../drive/call_orders.ts";

let callee: (n: number) => Promise<unknown>;

expose({
  echo: (n: number) => n,
  callsGoTo(given: (n: number) => Promise<unknown>) {
    callee = given;
  },
  drive: (order: CallOrder) => carryOutCalls(order, (n) => callee(n)),
});
