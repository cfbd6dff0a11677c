/** The bare module that calls the other one, over the host. */
import { type CallOrder, carryOutCalls } from "../drive/call_orders.ts";
import { type Message, TurnBatch } from "./messages.ts";

/** Within a Worker, `self` is the other end of one. */
const outside = self as unknown as Worker;
const batch = new TurnBatch((line) => outside.postMessage(line));
const waiting = new Map<number, (answer: unknown) => void>();
let next = 1;

function call(n: number): Promise<unknown> {
  const id = next++;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    batch.say([0, id, n]);
  });
}

outside.onmessage = async ({ data }: MessageEvent<string>) => {
  for (const [kind, id, value] of JSON.parse(data) as Message[]) {
    if (kind === 2) batch.say([1, id, await carryOutCalls(value as CallOrder, call)]);
    else {
      waiting.get(id)?.(value);
      waiting.delete(id);
    }
  }
};
