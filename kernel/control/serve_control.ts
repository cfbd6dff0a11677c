/** The kernel's end of the operator's socket. */
import { fault } from "../contract/fault.ts";
import type { Connection, Sockets } from "../contract/powers.ts";
import { CONTROL_BOUNDS } from "./control_bounds.ts";
import { ControlConnection, type ServeOptions } from "./serve_connection.ts";

export interface ControlOptions extends ServeOptions {
  readonly sockets: Sockets;
  /** This kernel's own socket (contract/channel.ts, controlSocket) and the name under which it is published. */
  readonly own: string;
  readonly published: string;
}

export interface ControlServer {
  /** Gives its socket the public name again. */
  publish(): Promise<void>;
  /** Takes nobody new, lets streams end and answers go out, at most CONTROL_BOUNDS.close_ms long; then hangs up. Twice is harmless. */
  close(): Promise<void>;
  /** The same for a kernel that another one follows: requests under way go on to their answers, at most `ms` long. */
  retire(ms: number): Promise<void>;
}

/** Listens and serves until closed; rejects when it can't listen. */
export async function serveControl(options: ControlOptions): Promise<ControlServer> {
  const open = new Set<ControlConnection>();
  const accept = (connection: Connection) => {
    const client = new ControlConnection(connection, options);
    if (open.size >= CONTROL_BOUNDS.connections) return void client.refuse(tooMany());
    open.add(client);
    void client.serve().then(() => open.delete(client));
  };
  const listener = await options.sockets.listen(options.own, options.published, accept);
  let closed: Promise<void> | undefined;
  const close = (how: Closing) => closed ??= closeAll(listener, open, options, how);
  return {
    publish: listener.publish,
    close: () => close({ ms: CONTROL_BOUNDS.close_ms, finish: false }),
    retire: (ms) => close({ ms, finish: true }),
  };
}

interface Closing {
  readonly ms: number;
  readonly finish: boolean;
}

async function closeAll(
  listener: { close(): void },
  open: ReadonlySet<ControlConnection>,
  { clock }: ServeOptions,
  { ms, finish }: Closing,
): Promise<void> {
  listener.close();
  const late = Promise.withResolvers<void>();
  const cancel = clock.after(ms, late.resolve);
  await Promise.race([Promise.all([...open].map((client) => client.close({ finish }))), late.promise]);
  cancel();
  for (const client of [...open]) client.end();
}

function tooMany() {
  return fault("rate_limited", `the host serves ${CONTROL_BOUNDS.connections} commands already`, {
    hint: "end some of them, for example a forgotten 'logs -f'",
  });
}
