/** The operator's socket of a kernel: what its verbs can do comes from its parts. */
import { controlSocket, publishedControlSocket } from "./contract/channel.ts";
import { type ControlServer, serveControl } from "./control/mod.ts";
import { controlVerbs, type VerbPowers } from "./control_verbs.ts";
import type { KernelParts } from "./kernel_parts.ts";
import type { KernelSetup } from "./kernel_setup.ts";

export function openOperatorDoor(
  { powers, hello, log, log_feed, meta_file, version }: KernelSetup,
  parts: KernelParts,
  status: VerbPowers["status"],
): Promise<ControlServer> {
  const { sockets, files, clock, pid } = powers;
  const { run, epoch, home } = hello;
  const { hand_over, desk } = parts;
  return serveControl({
    sockets,
    clock,
    own: controlSocket(run, epoch),
    published: publishedControlSocket(run),
    onDefect: (verb, error) => log.error(`'${verb}' failed: ${error instanceof Error ? error.stack : error}`),
    handlers: controlVerbs({
      ...parts,
      ...{ files, clock, home, logs: log_feed, status },
      stop: () => void hand_over.led.then(() => desk.send({ t: "stop" })),
      upgrade: () => hand_over.led.then(() => hand_over.to(meta_file, { upgrade: true })),
      about: { pid, epoch, version, config: meta_file.file },
    }),
  });
}
