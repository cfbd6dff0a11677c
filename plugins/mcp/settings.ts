/** What the config says of the remote server, and bounds; each has the harm that it prevents. */
import type { Config } from "meta-machine";

export interface Settings {
  readonly url: URL;
  /** How remote errors and descriptions name it. */
  readonly host: string;
  /** The protocol's revision: by asking the server, or as the config says. */
  readonly mode: "auto" | "legacy" | { readonly pin: "2026-07-28" };
  /** To agree on a revision and read the tools while the module loads: loading itself has its time. */
  readonly start_ms: number;
  /** One call, and every other request: a server that is silent would hold the caller until its own deadline. */
  readonly call_ms: number;
  /** The tools are read so often even if nobody says that they have changed. */
  readonly refresh_s: number;
  /** From one reload for other tools to the next: a server whose tools flicker would keep the host starting processes. */
  readonly reload_gap_s: number;
  /** After a failure the first attempt to connect comes so soon, and later ones after twice as long, up to the second. */
  readonly retry_ms: number;
  readonly retry_most_ms: number;
  /** Of one answer of the server, and of what a call gives. */
  readonly response_bytes: number;
  readonly result_bytes: number;
}

export function readSettings(config: Config): Settings {
  const number = (key: string, fallback: number): number => {
    const value = config.get<unknown>(key, fallback);
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    throw new TypeError(`${key} is ${JSON.stringify(value)}; a positive whole number works`);
  };
  const url = readUrl(config.get<unknown>("url", undefined));
  return {
    ...{ url, host: url.host, mode: readMode(config.get<unknown>("mode", "auto")) },
    start_ms: number("start_ms", 3_000),
    call_ms: number("call_ms", 25_000),
    refresh_s: number("refresh_s", 60),
    reload_gap_s: number("reload_gap_s", 10),
    retry_ms: number("retry_ms", 500),
    retry_most_ms: number("retry_most_ms", 60_000),
    response_bytes: number("response_bytes", 4_194_304),
    result_bytes: number("result_bytes", 1_048_576),
  };
}

function readUrl(value: unknown): URL {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`url is ${JSON.stringify(value)}; an address such as https://mcp.example.com/mcp works`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "") {
    throw new TypeError(
      "url has a user, a password or a query; keep secrets in the environment and bind them by grants.secrets",
    );
  }
  return url;
}

function readMode(value: unknown): Settings["mode"] {
  if (value === "auto" || value === "legacy") return value;
  if (value === "2026-07-28") return { pin: value };
  throw new TypeError(`mode is ${JSON.stringify(value)}; auto, legacy and "2026-07-28" work`);
}
