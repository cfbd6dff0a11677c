/** capnweb over a MessagePort of its own, as its documentation shows. */
import { newMessagePortRpcSession, RpcTarget } from "capnweb";
import { type Connected, serveWorkers } from "./worker_pool.ts";

/** What a module that calls gets of the other one. */
class Relay extends RpcTarget {
  readonly #callee: (n: number) => Promise<unknown>;
  constructor(callee: (n: number) => Promise<unknown>) {
    super();
    this.#callee = callee;
  }
  echo(n: number) {
    return this.#callee(n);
  }
}

await serveWorkers(new URL("./capnweb_worker.ts", import.meta.url).href, (worker, callee) => {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(port2, [port2]);
  const main = callee === undefined ? undefined : new Relay(callee);
  return Promise.resolve(newMessagePortRpcSession(port1, main) as unknown as Connected);
});
