/** A bridge to a Redis server. Each caller has keys and channels of its own; those that `whole` names, and the operator, see the server as it is. */
import { type Config, fault, type Kernel, type Tool } from "meta-machine";
import {
  type Argument,
  parseCommand,
  parseKey,
  parseSeconds,
  parseSetOptions,
  parseStep,
  parseValue,
} from "./arguments.ts";
import { callerName, OPERATOR } from "./caller_name.ts";
import { keyTools } from "./key_tools.ts";
import { Link } from "./link.ts";
import { type Reply, ReplyError } from "./reply_reader.ts";
import { readSettings, type Settings } from "./settings.ts";

/** What goes to a caller: data that can travel. */
export type Answer = string | Uint8Array | number | bigint | null | readonly Answer[];

export class Module {
  readonly #kernel: Kernel;
  readonly #settings: Settings;
  readonly #link: Link;

  constructor(kernel: Kernel, config: Config) {
    this.#kernel = kernel;
    this.#settings = readSettings(config);
    this.#link = new Link({ ...this.#settings, greeting: () => this.#greeting() });
  }

  async shutdown(): Promise<void> {
    await this.#link.close();
  }

  /** `get(key)` → its value, as text or bytes, or null. */
  async get(key: unknown): Promise<Answer> {
    return await this.#send("GET", this.#key("get", key));
  }

  /** `set(key, value, {seconds, only: "new" or "old"})` → whether it was kept. */
  async set(key: unknown, value: unknown, options?: unknown): Promise<boolean> {
    const args = [this.#key("set", key), parseValue("set", value, this.#settings.max_value_bytes)];
    return await this.#send("SET", ...args, ...parseSetOptions(options)) === "OK";
  }

  /** `del(...keys)` → how many there were. */
  async del(...keys: unknown[]): Promise<Answer> {
    if (keys.length === 0) {
      throw fault("invalid_argument", "Cannot call del: no key was given", { hint: "del('a', 'b')" });
    }
    return await this.#send("DEL", ...keys.map((key) => this.#key("del", key)));
  }

  /** `expire(key, seconds)` → whether it is there. */
  async expire(key: unknown, seconds: unknown): Promise<boolean> {
    return await this.#send("EXPIRE", this.#key("expire", key), parseSeconds("expire", seconds)) === 1;
  }

  /** `ttl(key)` → the seconds that it has left; null where it stays or is not there. */
  async ttl(key: unknown): Promise<Answer> {
    const left = await this.#send("TTL", this.#key("ttl", key));
    return typeof left === "number" && left < 0 ? null : left;
  }

  /** `incr(key, by)` → the sum. */
  async incr(key: unknown, by?: unknown): Promise<Answer> {
    return await this.#send("INCRBY", this.#key("incr", key), parseStep(by));
  }

  /** `publish(channel, message)` → how many heard it. */
  async publish(channel: unknown, message: unknown): Promise<Answer> {
    const value = parseValue("publish", message, this.#settings.max_value_bytes);
    return await this.#send("PUBLISH", this.#key("publish", channel), value);
  }

  /** `command("HSET", "user", "name", "ada")` → what the server answers; for callers that `whole` names. */
  async command(...args: unknown[]): Promise<Answer> {
    const caller = this.#caller();
    if (!this.#isWhole(caller)) {
      throw fault("denied", `'${caller}' may not send commands of its own: they could name anybody's keys`, {
        hint:
          `use get, set, del, expire, ttl, incr and publish; or add to the config of this service: whole: [${caller}]`,
      });
    }
    const [name, ...rest] = parseCommand(args, this.#settings.max_value_bytes);
    return await this.#send(String(name), ...rest);
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") {
      return keyTools((method, [first, ...rest]) => Reflect.apply(this[method], this, [first, ...rest]));
    }
    throw new Error(`Aspect '${name}' not found.`);
  }

  async #send(name: string, ...args: Argument[]): Promise<Answer> {
    return plain(await this.#link.send([name, ...args]), name);
  }

  #caller(): string {
    return callerName(this.#kernel.caller());
  }

  #isWhole(caller: string): boolean {
    return caller === OPERATOR || this.#settings.whole.has(caller);
  }

  /** `<caller>:<key>`; no api has a colon in it, so nobody's key can be read as another's. */
  #key(method: string, given: unknown): string {
    const caller = this.#caller();
    const key = parseKey(method, given);
    return this.#isWhole(caller) ? key : `${caller}:${key}`;
  }

  async #greeting(): Promise<readonly (readonly string[])[]> {
    const { username, password_secret, db } = this.#settings;
    const greeting: string[][] = [];
    if (password_secret !== undefined) {
      greeting.push([
        "AUTH",
        ...(username === undefined ? [] : [username]),
        await this.#kernel.secret(password_secret),
      ]);
    }
    if (db !== 0) greeting.push(["SELECT", String(db)]);
    return greeting;
  }
}

function plain(reply: Reply, name: string): Answer {
  if (!(reply instanceof ReplyError)) {
    return Array.isArray(reply) ? reply.map((item) => plain(item, name)) : reply as Answer;
  }
  const { code, message } = reply;
  const kind = code === "NOPERM" || code === "NOAUTH"
    ? "denied"
    : ["LOADING", "BUSY", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN"].includes(code)
    ? "conflict"
    : code === "OOM"
    ? "quota"
    : "invalid_argument";
  throw fault(kind, `the Redis server refused ${name}: ${message.slice(0, 500)}`);
}
