import { isHostPort } from "../primitives/parse_start_cell.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { readText } from "./read_value.ts";

/** `host:port` to connect to, as it may go into a list of permissions. Refuses port 0, wildcards, schemes and paths. */
export function readNetAddress(value: unknown, path: ValuePath): string {
  const allowed = `host:port, such as "api.example.com:443"`;
  return readText(value, path, allowed, (text) => isHostPort(text) && !/:0+$/.test(text));
}

/** `host:port` to listen on; port 0 lets the system choose one. */
export function readListenAddress(value: unknown, path: ValuePath): string {
  return readText(value, path, `host:port, such as "127.0.0.1:7777"`, isHostPort);
}
