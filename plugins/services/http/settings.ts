/** Bounds of the service, from its config; each has the harm that it prevents. */
import type { Config } from "meta-machine";

export interface Settings {
  /** Open at once, of all callers together and of one: sockets are the machine's. */
  readonly connections: number;
  readonly connections_per_caller: number;
  /** To look the name up, connect and agree on TLS: a host that drops packets would hold a connection for minutes. */
  readonly connect_ms: number;
  /** Until the answer has begun, with redirects and whatever is sent: it must end before the call's own time does. */
  readonly answer_ms: number;
  /** How long the other side may send, or take, nothing. */
  readonly idle_ms: number;
  /** A whole request: an answer that trickles for ever would hold its connection as long. */
  readonly request_ms: number;
  /** Head of an answer, and what follows a body. */
  readonly header_bytes: number;
  readonly request_bytes: number;
  /** As it is read, unpacked. */
  readonly response_bytes: number;
  readonly redirects: number;
  /** Certificates of authorities that are trusted beside the system's, as PEM. */
  readonly ca: string | undefined;
}

export function readSettings(config: Config): Settings {
  const number = (key: string, fallback: number): number => {
    const value = config.get<unknown>(key, fallback);
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw new TypeError(`${key} is ${JSON.stringify(value)}; a positive whole number works`);
  };
  const ca = config.get<unknown>("ca", undefined);
  if (ca !== undefined && (typeof ca !== "string" || !ca.includes("-----BEGIN CERTIFICATE-----"))) {
    throw new TypeError("ca is no certificate; PEM works: ca: |, then lines from BEGIN CERTIFICATE on");
  }
  return {
    connections: number("connections", 256),
    connections_per_caller: number("connections_per_caller", 32),
    connect_ms: number("connect_ms", 10_000),
    answer_ms: number("answer_ms", 100_000),
    idle_ms: number("idle_ms", 60_000),
    request_ms: number("request_ms", 3_600_000),
    header_bytes: number("header_bytes", 65_536),
    request_bytes: number("request_bytes", 1_073_741_824),
    response_bytes: number("response_bytes", 1_073_741_824),
    redirects: number("redirects", 20),
    ca,
  };
}
