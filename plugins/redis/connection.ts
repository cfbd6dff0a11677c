/** One connection to a Redis server. Commands go out as they come and are answered in that order: nobody waits for another's answer to be sent. */
import * as net from "node:net";
import { fault } from "meta-machine";
import { encodeCommand } from "./encode_command.ts";
import { type Reply, ReplyReader } from "./reply_reader.ts";

export interface ConnectionSettings {
  readonly host: string;
  readonly port: number;
  readonly connect_ms: number;
  readonly command_ms: number;
  readonly max_value_bytes: number;
  readonly max_waiting: number;
}

interface Waiting {
  readonly answer: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Connection {
  readonly #socket: net.Socket;
  readonly #settings: ConnectionSettings;
  readonly #reader: ReplyReader;
  readonly #waiting: Waiting[] = [];
  readonly #closed = Promise.withResolvers<void>();
  #failure: Error | undefined;

  private constructor(socket: net.Socket, settings: ConnectionSettings) {
    this.#socket = socket;
    this.#settings = settings;
    this.#reader = new ReplyReader(settings.max_value_bytes);
    socket.setNoDelay(true);
    socket.on("data", (piece) => this.#hear(piece));
    socket.on("error", (error) => this.close(this.#lost(error.message)));
    socket.on("close", () => this.close(this.#lost("it closed the connection")));
  }

  static async open(settings: ConnectionSettings): Promise<Connection> {
    const { host, port, connect_ms } = settings;
    const socket = net.connect({ host, port });
    const connection = new Connection(socket, settings);
    const timer = setTimeout(
      () => connection.close(connection.#unreachable(`no answer within ${connect_ms} ms`)),
      connect_ms,
    );
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once("connect", resolve);
        void connection.#closed.promise.then(() => reject(connection.#failure));
        socket.once("error", (error) => reject(connection.#unreachable(error.message)));
      });
      return connection;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when it is of no use any more. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** The reply to one command, a refusal by the server among them. */
  send(args: readonly (string | Uint8Array)[]): Promise<Reply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { command_ms, max_waiting } = this.#settings;
    if (this.#waiting.length >= max_waiting) {
      return Promise.reject(
        fault("rate_limited", `${max_waiting} commands wait for an answer of ${this.#server}`, {
          hint: "wait for answers before calling again (max_waiting in the config of this service)",
          retriable: true,
        }),
      );
    }
    const { promise, resolve: answer, reject: fail } = Promise.withResolvers<Reply>();
    // What is late holds up all behind it: there is no use in waiting for them.
    const timer = setTimeout(
      () => this.close(this.#lost(`no answer to ${String(args[0])} within ${command_ms} ms`)),
      command_ms,
    );
    this.#waiting.push({ answer, fail, timer });
    this.#socket.write(encodeCommand(args));
    return promise;
  }

  /** At once; whatever waits fails with `why`. Closing it twice is harmless. */
  close(why: Error = this.#lost("this module closed the connection")): void {
    if (this.#failure !== undefined) return;
    this.#failure = why;
    this.#socket.destroy();
    for (const { fail, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      fail(why);
    }
    this.#closed.resolve();
  }

  #hear(piece: Uint8Array): void {
    try {
      for (const reply of this.#reader.push(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength))) {
        const first = this.#waiting.shift();
        if (first === undefined) throw new Error("it answered what nobody had asked");
        clearTimeout(first.timer);
        first.answer(reply);
      }
    } catch (error) {
      this.close(this.#lost(`it does not speak Redis's protocol: ${(error as Error).message}`));
    }
  }

  get #server(): string {
    return `the Redis server at ${this.#settings.host}:${this.#settings.port}`;
  }

  /** What was sent may have been done. */
  #lost(why: string): Error {
    return fault("conflict", `${this.#server} was lost: ${why}`, {
      hint: "the command may have been carried out; look before you call again",
      retriable: true,
    });
  }

  #unreachable(why: string): Error {
    const { host, port } = this.#settings;
    return fault("conflict", `${this.#server} was not reached: ${why}`, {
      hint:
        `start one: redis-server --bind ${host} --port ${port}; or check host, port and grants.net in the config of this service`,
      retriable: true,
    });
  }
}
