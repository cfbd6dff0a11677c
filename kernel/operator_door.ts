/** The operator's socket of a kernel: what its verbs can do comes from its parts. */
import { controlSocket, publishedControlSocket } from "./contract/channel.ts";
import type { Hello } from "./contract/channel.ts";
import type { KernelPowers } from "./contract/powers.ts";
import { type ControlServer, serveControl } from "./control/mod.ts";
import { controlVerbs, type VerbPowers } from "./control_verbs.ts";
import type { HostLog } from "./events/mod.ts";

export function openOperatorDoor(
  { sockets, clock }: Pick<KernelPowers, "sockets" | "clock">,
  { run, epoch }: Pick<Hello, "run" | "epoch">,
  log: HostLog,
  parts: VerbPowers,
): Promise<ControlServer> {
  return serveControl({
    sockets,
    clock,
    own: controlSocket(run, epoch),
    published: publishedControlSocket(run),
    onDefect: (verb, error) => log.error(`'${verb}' failed: ${error instanceof Error ? error.stack : error}`),
    handlers: controlVerbs(parts),
  });
}
