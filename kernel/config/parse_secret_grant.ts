import type { SecretGrant } from "../contract/spec.ts";
import { isHostPort } from "../primitives/parse_start_cell.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { misfit } from "./misfit.ts";
import { isMap, readMap, readText } from "./read_value.ts";

/**
 * A text or a map `{env}`: a plain secret, which the module reads. A map `{env, host, header}`: a bound one, which the http service adds to that header
 * of what goes to that host, and which the module never sees.
 */
export function parseSecretGrant(value: unknown, path: ValuePath): SecretGrant {
  if (typeof value === "string") return Object.freeze({ env: readVariable(value, path) });
  if (!isMap(value)) misfit(path, value, "the name of an environment variable, or a map of env, host, header");
  const { env, host, header } = readMap(value, path, ["env", "host", "header"]);
  const name = readVariable(env, [...path, "env"]);
  if (host === undefined && header === undefined) return Object.freeze({ env: name });
  return Object.freeze({
    env: name,
    host: readText(host, [...path, "host"], HOST, isPlainHost),
    header: readText(header, [...path, "header"], HEADER, isFreeHeader),
  });
}

const HOST = "a host as in grants.net without its port, in small letters, such as api.example.com";
const HEADER = "the name of a header that is not the connection's own, such as Authorization";

/** Small letters, digits and dots, as hosts are compared: one that is written otherwise would never be met. */
function isPlainHost(text: string): boolean {
  return text === text.toLowerCase() && isHostPort(`${text}:443`);
}

/** What frames a message or names its receiver is the http service's. */
const FRAMING = new Set(
  ["host", "content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive", "te", "trailer"]
    .concat(["upgrade", "expect", "accept-encoding", "proxy-connection", "range"]),
);
function isFreeHeader(text: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(text) && !FRAMING.has(text.toLowerCase());
}

function readVariable(value: unknown, path: ValuePath): string {
  return readText(
    value,
    path,
    "the name of an environment variable",
    (text) => /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(text),
  );
}
