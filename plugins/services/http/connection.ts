/** One connection to one address, which nobody looks up again. TLS is checked against the name in the URL. */
import * as net from "node:net";
import * as tls from "node:tls";
import { fault } from "meta-machine";
import type { Target } from "./choose_addresses.ts";

export interface Connection {
  /** What has come; undefined at the end. Rejects when nothing comes for `idle_ms`. */
  read(): Promise<Uint8Array | undefined>;
  /** Resolves when there is room for more. Rejects when nothing is taken for `idle_ms`. */
  write(bytes: Uint8Array): Promise<void>;
  /** At once; whatever is under way fails with `why`. */
  close(why?: Error): void;
}

export interface ConnectSettings {
  readonly idle_ms: number;
  readonly ca: string | undefined;
}

export type Connect = (
  target: Target,
  address: string,
  settings: ConnectSettings,
  signal: AbortSignal,
) => Promise<Connection>;

/**
 * Rejects with the signal's reason when it is aborted first. A certificate that the system's authorities have not signed may be signed by the operator's own: to ask
 * for all of them at once would take a permission that this Worker does not have.
 */
export const connect: Connect = async (target, address, settings, signal) => {
  try {
    return await connectOnce(target, address, { ...settings, ca: undefined }, signal);
  } catch (error) {
    if (settings.ca === undefined || !UNSIGNED.has(error as Error)) throw error;
    return await connectOnce(target, address, settings, signal);
  }
};

const connectOnce: Connect = async (target, address, settings, signal) => {
  const socket = target.protocol === "https:"
    ? tls.connect({
      ...{ host: address, port: target.port, ALPNProtocols: ["http/1.1"], minVersion: "TLSv1.2" },
      ...(isName(target.host) && { servername: target.host }),
      ...(settings.ca !== undefined && { ca: settings.ca }),
    })
    : net.connect({ host: address, port: target.port });
  const connection = new SocketConnection(socket, target, settings.idle_ms);
  const given_up = () => connection.close(signal.reason);
  signal.addEventListener("abort", given_up, { once: true });
  try {
    if (signal.aborted) given_up();
    await connection.opened(target.protocol === "https:" ? "secureConnect" : "connect");
    return connection;
  } finally {
    signal.removeEventListener("abort", given_up);
  }
};

function isName(host: string): boolean {
  return !host.startsWith("[") && net.isIP(host) === 0;
}

class SocketConnection implements Connection {
  readonly #socket: net.Socket;
  readonly #target: Target;
  readonly #idle_ms: number;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #failure: Error | undefined;

  constructor(socket: net.Socket, target: Target, idle_ms: number) {
    this.#socket = socket;
    this.#target = target;
    this.#idle_ms = idle_ms;
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    socket.on("error", (error) => this.#failure ??= lost(target, error));
    socket.setNoDelay(true);
  }

  opened(event: "connect" | "secureConnect"): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once(event, () => resolve());
      this.#socket.once("error", (error) => reject(this.#asked ?? unreachable(this.#target, error)));
      this.#socket.once("close", () => reject(this.#failure ?? unreachable(this.#target)));
    });
  }

  async read(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#within("sent", () => this.#chunks.next());
    return done ? undefined : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#within("taken", () =>
      new Promise<void>((resolve, reject) => {
        this.#socket.write(bytes, (error) => error ? reject(error) : resolve());
      }));
  }

  close(why?: Error): void {
    this.#asked ??= why ?? new Error("the connection is closed");
    this.#failure ??= this.#asked;
    this.#socket.destroy();
  }
  /** Why it was closed from this side. */
  #asked: Error | undefined;

  async #within<T>(what: string, act: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.close(fault("conflict", `${this.#target.host} has ${what} nothing for ${this.#idle_ms} ms`, {
        retriable: true,
        hint: "fetch again, or raise idle_ms in configs/services/http.yml",
      }));
    }, this.#idle_ms);
    try {
      if (this.#failure !== undefined) throw this.#failure;
      const done = await act();
      // A connection that is closed from this side ends like one that the other side has ended.
      if (this.#asked !== undefined) throw this.#asked;
      return done;
    } catch (error) {
      throw this.#asked ?? this.#failure ?? lost(this.#target, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Nobody that is trusted has signed the certificate. */
const UNSIGNED = new WeakSet<Error>();
const UNKNOWN_AUTHORITY = /^(?:UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/;
const CERTIFICATE = /^(?:ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME|ERR_SSL|EPROTO)/;

function unreachable({ host, port }: Target, error?: unknown): Error {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (error !== undefined && (CERTIFICATE.test(String(code)) || /certificate|handshake|tls/i.test(String(message)))) {
    const refused = fault("denied", `${host}:${port} did not show that it is ${host}: ${words(message ?? code)}`, {
      hint: "check the host; for an authority of your own add its certificate as ca in configs/services/http.yml",
    });
    if (UNKNOWN_AUTHORITY.test(String(code))) UNSIGNED.add(refused);
    return refused;
  }
  return fault(
    "conflict",
    `${host}:${port} can't be reached: ${words(code ?? message ?? "it closed the connection")}`,
    {
      retriable: true,
      hint: "check host and port, and whether the server runs",
    },
  );
}

function lost({ host, port }: Target, error: unknown): Error {
  const { code, message } = error as { code?: string; message?: string };
  return fault("conflict", `the connection to ${host}:${port} was lost: ${words(code ?? message)}`, {
    retriable: true,
    hint: "the request may have had its effect; look, then fetch again",
  });
}

/** Of the runtime's; a certificate's names may be of any length. */
function words(text: unknown): string {
  return String(text).replace(/[^\x20-\x7e]/g, "?").slice(0, 300);
}
