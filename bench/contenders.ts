/** All that are compared, in the order of a round. */
import type { Contender } from "./contender.ts";
import { ours } from "./ours/bench_host.ts";
import { piped } from "./piped_session.ts";

const PEERS_CONFIG = new URL("peers/deno.json", import.meta.url).pathname;

export const FLOOR = piped("floor", "floor/host.ts");
export const OURS = ours;
export const PEERS: readonly Contender[] = [
  piped("comlink", "peers/comlink_host.ts", [`--config=${PEERS_CONFIG}`]),
  piped("capnweb", "peers/capnweb_host.ts", [`--config=${PEERS_CONFIG}`]),
  piped("http-worker", "peers/http_worker_host.ts", [`--config=${PEERS_CONFIG}`]),
];

/** The peers' packages have a lock file of their own, so that only a measurement fetches them. Why they can't be had, or undefined. */
export async function fetchPeers(): Promise<string | undefined> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "install",
      "--frozen",
      "--quiet",
      `--config=${PEERS_CONFIG}`,
      "--entrypoint",
      new URL("peers/deps.ts", import.meta.url).pathname,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const [reason] = new TextDecoder().decode(stderr).trim().split("\n", 1);
  return success ? undefined : `the peers are left out, their packages could not be fetched: ${reason}`;
}
