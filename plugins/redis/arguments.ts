import { fault } from "meta-machine";

export type Argument = string | Uint8Array;

const MAX_KEY_BYTES = 1_024;
const utf8 = new TextEncoder();

export function parseKey(method: string, given: unknown): string {
  if (typeof given === "string" && given !== "" && utf8.encode(given).length <= MAX_KEY_BYTES) return given;
  throw misfit(method, "a key is no text, is empty or is too long", `pass 1 to ${MAX_KEY_BYTES} bytes`);
}

/** Texts and bytes as they are; numbers and booleans as their text. */
export function parseValue(method: string, given: unknown, most: number): Argument {
  const value = typeof given === "number" || typeof given === "bigint" || typeof given === "boolean"
    ? String(given)
    : given;
  if (typeof value !== "string" && !(value instanceof Uint8Array)) {
    throw misfit(method, "a value is neither text, number, boolean nor bytes", "keep lists and maps as JSON text");
  }
  const bytes = typeof value === "string" ? utf8.encode(value).length : value.length;
  if (bytes <= most) return value;
  throw fault("too_large", `Cannot call ${method}: a value has ${bytes} bytes`, {
    hint: `at most ${most} (max_value_bytes in the config of this service)`,
  });
}

export function parseSeconds(method: string, given: unknown): string {
  if (Number.isSafeInteger(given) && Number(given) > 0 && Number(given) <= 1e9) return String(given);
  throw misfit(method, "seconds is no whole number above 0", "for example expire('session', 60)");
}

export function parseStep(given: unknown): string {
  if (given === undefined) return "1";
  if (Number.isSafeInteger(given)) return String(given);
  throw misfit("incr", "by is no whole number", "for example incr('visits') or incr('visits', -2)");
}

/** `{seconds, only}`: how long it is kept, and whether the key has to be there or must not. */
export function parseSetOptions(given: unknown): readonly string[] {
  if (given === undefined || given === null) return [];
  const example = 'for example set("session", "ada", {seconds: 60, only: "new"})';
  if (typeof given !== "object" || Array.isArray(given)) throw misfit("set", "its third argument is no map", example);
  const { seconds, only, ...others } = given as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw misfit("set", `'${unknown.slice(0, 40)}' is not known`, `it takes seconds and only; ${example}`);
  }
  if (only !== undefined && only !== "new" && only !== "old") {
    throw misfit("set", "only is neither new nor old", example);
  }
  return [
    ...(seconds === undefined ? [] : ["EX", parseSeconds("set", seconds)]),
    ...(only === undefined ? [] : [only === "new" ? "NX" : "XX"]),
  ];
}

/**
 * What would change the connection that all callers share, or keep it busy for them: modes, transactions, waiting. What else a command may do is for the server's own
 * list of rights to say.
 */
const NEVER = new Set(
  ("AUTH HELLO SELECT QUIT RESET CLIENT MULTI EXEC DISCARD WATCH UNWATCH SUBSCRIBE UNSUBSCRIBE PSUBSCRIBE PUNSUBSCRIBE SSUBSCRIBE SUNSUBSCRIBE MONITOR " +
    "SYNC PSYNC REPLCONF WAIT WAITAOF BLPOP BRPOP BRPOPLPUSH BLMOVE BLMPOP BZPOPMIN BZPOPMAX BZMPOP SHUTDOWN DEBUG ASKING READONLY READWRITE FAILOVER")
    .split(" "),
);

export function parseCommand(args: readonly unknown[], most: number): readonly Argument[] {
  const [name] = args;
  if (typeof name !== "string" || !/^[A-Za-z][A-Za-z._-]{0,63}$/.test(name)) {
    throw misfit(
      "command",
      "its first argument is no name of a command",
      "for example command('HSET', 'user', 'name', 'ada')",
    );
  }
  const blocks = /^XREAD(GROUP)?$/i.test(name) && args.some((arg) => typeof arg === "string" && /^block$/i.test(arg));
  if (NEVER.has(name.toUpperCase()) || blocks) {
    throw fault("denied", `${name.toUpperCase().slice(0, 40)}${blocks ? " with BLOCK" : ""} is not offered here`, {
      hint: "all callers share one connection; send what is answered at once and leaves the connection as it was",
    });
  }
  return args.map((arg) => parseValue("command", arg, most));
}

function misfit(method: string, found: string, works: string) {
  return fault("invalid_argument", `Cannot call ${method}: ${found}`, { hint: works });
}
