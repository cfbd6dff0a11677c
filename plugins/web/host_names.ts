/**
 * By which names the module is spoken to. A page of a browser may point a name of its own at this machine and then speak to it as to itself; the Host header
 * still says that name, and it is none of ours.
 */
export interface Host {
  readonly name: string;
  readonly port: number | undefined;
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?$/i;
const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];
const EVERYWHERE = ["0.0.0.0", "[::]"];

/** Undefined for what is no name with or without a port. */
export function parseHost(text: string): Host | undefined {
  const [, name, port] = HOST.exec(text) ?? [];
  if (name === undefined || Number(port ?? 0) > 65_535) return undefined;
  return { name: name.toLowerCase(), port: port === undefined ? undefined : Number(port) };
}

export interface KnownHosts {
  has(text: string): boolean;
}

/** `listening`: the addresses it listens at, with the ports that they have in truth. `named`: the operator's; without a port each goes for all ports. */
export function knownHosts(listening: readonly Host[], named: readonly Host[]): KnownHosts {
  const own = listening.flatMap(({ name, port }) =>
    [
      ...LOOPBACK.includes(name) || EVERYWHERE.includes(name) ? LOOPBACK : [],
      ...EVERYWHERE.includes(name) ? [] : [name],
    ]
      .map((name) => ({ name, port }))
  );
  return {
    has(text) {
      const host = parseHost(text);
      if (host === undefined) return false;
      // A client leaves out the port that goes without saying.
      const is_own = own.some(({ name, port }) => name === host.name && port === (host.port ?? 80));
      return is_own ||
        named.some(({ name, port }) => name === host.name && (port === undefined || port === host.port));
    },
  };
}
