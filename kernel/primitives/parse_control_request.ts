import type { ControlRequest, ControlVerb } from "../contract/control.ts";
import { isCount, isRecord } from "./check_fields.ts";

/** The closed list of verbs; the compiler keeps it whole. */
const VERBS: Readonly<Record<ControlVerb, true>> = Object.freeze({
  status: true,
  call: true,
  tools: true,
  tool: true,
  logs: true,
  events: true,
  reload: true,
  enable: true,
  disable: true,
  "quarantine lift": true,
  "state list": true,
  "state drop": true,
  approvals: true,
  approve: true,
  deny: true,
  "token new": true,
  "token list": true,
  "token revoke": true,
  proposals: true,
  "proposals show": true,
  adopt: true,
  reject: true,
  rollback: true,
  upgrade: true,
  stop: true,
  ping: true,
});

/** Whether a text is a verb of the control socket. */
export function isControlVerb(text: unknown): text is ControlVerb {
  return typeof text === "string" && Object.hasOwn(VERBS, text);
}

/** What a command line asks, as a fresh object of known fields; undefined when it is no request. A verb's params are its own to parse. */
export function parseControlRequest(header: unknown): ControlRequest | undefined {
  if (!isRecord(header)) return undefined;
  const { t, id, verb, more } = header;
  if (!isCount(id) || (more !== undefined && more !== true)) return undefined;
  const carried = more === true ? { more: true as const } : {};
  switch (t) {
    case "request":
      return isControlVerb(verb) ? { t, id, verb, ...carried } : undefined;
    case "piece":
      return { t, id, ...carried };
    case "cancel":
      return { t, id };
    default:
      return undefined;
  }
}
