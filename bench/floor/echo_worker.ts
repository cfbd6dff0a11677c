/** The bare module that is called. */
import { type Message, TurnBatch } from "./messages.ts";

/** Within a Worker, `self` is the other end of one. */
const outside = self as unknown as Worker;
const batch = new TurnBatch((line) => outside.postMessage(line));
const echo = (n: number) => n;
outside.onmessage = ({ data }: MessageEvent<string>) => {
  for (const [, id, n] of JSON.parse(data) as Message[]) batch.say([1, id, echo(n as number)]);
};
