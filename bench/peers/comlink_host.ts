/** comlink over the Worker's own port. */
import { proxy, type Remote, wrap } from "comlink";
import { type Connected, serveWorkers } from "./worker_pool.ts";

type Exposed = Required<Connected> & { callsGoTo(callee: (n: number) => Promise<unknown>): void };

await serveWorkers(new URL("./comlink_worker.ts", import.meta.url).href, async (worker, callee) => {
  const remote = wrap<Exposed>(worker) as Remote<Exposed> & Exposed;
  if (callee !== undefined) await remote.callsGoTo(proxy(callee));
  return remote;
});
