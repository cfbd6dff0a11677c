import type { Config } from "meta-machine";

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username: string | undefined;
  /** The secret that holds the password. */
  readonly password_secret: string | undefined;
  /** Apis that see all keys, and may use `command`. */
  readonly whole: ReadonlySet<string>;
  /** To connect and log in. */
  readonly connect_ms: number;
  /** Until a command is answered: a server that hangs would hold its callers. */
  readonly command_ms: number;
  /** A value that is sent, and all of one answer. */
  readonly max_value_bytes: number;
  /** Commands that wait for an answer: they are kept in memory until it comes. */
  readonly max_waiting: number;
}

export function readSettings(config: Config): Settings {
  const params = config.get<unknown>("params", {});
  if (typeof params !== "object" || params === null || Array.isArray(params)) throw misfit("params", params, "a map");
  const setting = (key: string): unknown => (params as Record<string, unknown>)[key];
  const number = (key: string, fallback: number, least: number, most: number): number => {
    const value = setting(key) ?? fallback;
    if (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw misfit(key, value, `a whole number from ${least} to ${most}`);
  };
  const text = (key: string): string | undefined => {
    const value = setting(key) ?? undefined;
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    throw misfit(key, value, "a text");
  };
  const whole = config.get<unknown>("whole", []);
  if (!Array.isArray(whole) || !whole.every((api) => typeof api === "string")) {
    throw misfit("whole", whole, "a list of apis");
  }
  return {
    host: text("host") ?? "127.0.0.1",
    port: number("port", 6_379, 1, 65_535),
    db: number("db", 0, 0, 1_000),
    username: text("username"),
    password_secret: text("password_secret"),
    whole: new Set(whole),
    connect_ms: number("connect_ms", 3_000, 1, 60_000),
    command_ms: number("command_ms", 5_000, 1, 60_000),
    max_value_bytes: number("max_value_bytes", 1_048_576, 1, 67_108_864),
    max_waiting: number("max_waiting", 1_000, 1, 100_000),
  };
}

function misfit(key: string, found: unknown, allowed: string): Error {
  return new TypeError(`${key} is ${JSON.stringify(found)}; allowed: ${allowed}`);
}
