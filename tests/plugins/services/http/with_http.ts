/** The http service in the test's own process, over real sockets: the test says who calls, what the kernel grants, and what names mean. */
import { config, scriptedKernel } from "../../scripted_kernel.ts";
import type { BoundSecret } from "../../../../plugins/services/http/bound_secrets.ts";
import { connect } from "../../../../plugins/services/http/connection.ts";
import { type HttpAnswer, Module } from "../../../../plugins/services/http/mod.ts";

export interface HttpSetup {
  readonly net: readonly string[];
  readonly secrets?: readonly BoundSecret[];
  readonly own?: Record<string, unknown>;
  /** What a name means, each time that it is asked for. */
  readonly names?: (name: string) => readonly string[] | Promise<readonly string[]>;
}

export interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly redirect?: string;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
}

export function httpFor({ net, secrets = [], own = {}, names = () => [] }: HttpSetup) {
  const looked_up: string[] = [];
  const connected: string[] = [];
  const rights = { caller: "m", config: "configs/m.yml", net: [net], secrets };
  const { kernel, as } = scriptedKernel({ "@kernel": { outbound: () => Promise.resolve(rights) } });
  const module = new Module(kernel, config(own), {
    lookUp(name) {
      looked_up.push(name);
      return Promise.resolve().then(() => names(name));
    },
    connect(target, address, ...more) {
      connected.push(address);
      return connect(target, address, ...more);
    },
  });
  const ask = (asked: Asked | string, signal?: AbortSignal): Promise<HttpAnswer> =>
    as("m", () => module.fetch(typeof asked === "string" ? { url: asked } : asked), "m", signal);
  return { ask, looked_up, connected };
}

export async function textOf({ body }: HttpAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body ?? []) pieces.push(piece);
  return await new Blob(pieces as Uint8Array<ArrayBuffer>[]).text();
}

export const headerOf = ({ headers }: HttpAnswer, name: string) =>
  headers.find(([found]) => found.toLowerCase() === name)?.[1];

/** A real server that answers as the handler says, and is gone with the test. */
export function serve(handler: Deno.ServeHandler, tls: { key?: string; cert?: string } = {}) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {}, ...tls } as Deno.ServeTcpOptions, handler);
  const { port } = server.addr as Deno.NetAddr;
  return { port, at: `127.0.0.1:${port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** A server that speaks bytes: what it says is the test's, and every connection is over with the test. */
export function serveBytes(speak: (connection: Deno.TcpConn) => Promise<void>) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const open = new Set<Deno.TcpConn>();
  let accepted = 0;
  const serving = (async () => {
    for await (const connection of listener) {
      accepted++;
      open.add(connection);
      void speak(connection).catch(() => {}).finally(() => {
        open.delete(connection);
        try {
          connection.close();
        } catch {
          // the other side was faster
        }
      });
    }
  })();
  return {
    ...{ port, at: `127.0.0.1:${port}`, open },
    get accepted() {
      return accepted;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) {
        try {
          connection.close();
        } catch {
          // closed already
        }
      }
      await serving.catch(() => {});
    },
  };
}

export async function say(connection: Deno.TcpConn, text: string): Promise<void> {
  await connection.write(Uint8Array.from(text.replaceAll("\n", "\r\n"), (c) => c.charCodeAt(0)));
}

/** Reads up to the end of a request's head. */
export async function hear(connection: Deno.TcpConn): Promise<string> {
  let text = "";
  const buffer = new Uint8Array(65_536);
  while (!text.includes("\r\n\r\n")) {
    const count = await connection.read(buffer);
    if (count === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return text;
}

const PEM = (name: string) => Deno.readTextFileSync(new URL(`tls/${name}.pem`, import.meta.url));
/** A certificate for api.example.com, localhost and 127.0.0.1, and the authority that made it. */
export const TLS = { cert: PEM("certificate"), key: PEM("key"), authority: PEM("authority") };
