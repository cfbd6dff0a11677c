/** The module's own keys; each bound says what it prevents. */
import type { Config } from "meta-machine";
import { parseHost } from "./host_names.ts";

/** Each key that is a number, with its default. */
export const WEB_NUMBERS = Object.freeze({
  /** a request's body: one without end would take the memory; eight such have room at once, what is beyond gets 503 */
  body_bytes: 1_048_576,
  /** for a body to come in: one that trickles would hold its place */
  body_ms: 10_000,
  /** until an answer is there or has begun; a tool may wait ten minutes for the operator's yes. A service's own `limits.call_timeout_ms` is usually less */
  answer_ms: 660_000,
  /** how long a client may take nothing of its answer: it would hold its place, and the call behind it, for ever */
  stall_ms: 60_000,
  /** between two signs of life of a stream that has nothing to say: proxies cut what is silent */
  heartbeat_ms: 15_000,
  /** requests of one principal: so many at once, then at this rate */
  requests_per_minute: 300,
  /** requests under way, of all */
  at_once: 64,
  /** requests under way, of one principal */
  at_once_per_principal: 16,
  /** answers that go on, of all: each holds a call of another module */
  streams: 32,
  /** answers that go on, of one principal */
  streams_per_principal: 8,
});

export interface Settings extends Readonly<Record<keyof typeof WEB_NUMBERS, number>> {
  /** Names under which it is reached beside its own addresses, such as a reverse proxy's: by no other does it answer (a page could point its own name here). */
  readonly hosts: readonly string[];
  /** Pages of browsers that may use it; none by default. */
  readonly origins: readonly string[];
}

const KEYS = ["hosts", "origins", ...Object.keys(WEB_NUMBERS)];
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?$|^https?:\/\/\[[0-9a-f:.]+\](?::[0-9]{1,5})?$/;

/** Throws for a key that it does not know, and for each value out of its range. */
export function readSettings(config: Config): Settings {
  const unknown = Object.keys(config).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new TypeError(`${unknown} is no key of the web module; it has ${KEYS.join(", ")}`);
  const numbers = Object.fromEntries(
    Object.entries(WEB_NUMBERS).map(([key, fallback]) => [key, positive(key, config.get<unknown>(key, fallback))]),
  );
  return Object.freeze({
    hosts: texts(config, "hosts", (text) => parseHost(text) !== undefined, "a name, or name:port"),
    origins: texts(
      config,
      "origins",
      (text) => ORIGIN.test(text),
      "such as https://chat.example.com, in small letters",
    ),
    ...numbers,
  }) as Settings;
}

function positive(key: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0 && value <= 2_147_483_647) return value;
  throw new TypeError(`${key} is ${JSON.stringify(value)}; a whole number from 1 to 2147483647 works`);
}

function texts(config: Config, key: string, fits: (text: string) => boolean, works: string): readonly string[] {
  const list = config.get<unknown>(key, undefined) ?? [];
  if (!Array.isArray(list)) throw new TypeError(`${key} is ${JSON.stringify(list)}; a list works`);
  const misfit = list.find((text) => typeof text !== "string" || !fits(text));
  if (misfit !== undefined) throw new TypeError(`${key} has ${JSON.stringify(misfit)}; ${works}`);
  return list;
}
