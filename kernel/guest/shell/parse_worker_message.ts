/** What comes out of a module's Worker is a rumour: the module shares its realm with our bootstrap. Parsed here, field by field. */
import { isFaultCode } from "../../contract/fault.ts";
import { type CallKind, type FailPhase, HEADER_BOUNDS, type Payload } from "../../contract/wire.ts";
import { isAmount, isCount, isRecord, isText } from "../../primitives/check_fields.ts";
import { parseCellMessage } from "../../primitives/parse_cell_message.ts";
import { parseLends } from "../../primitives/parse_lends.ts";
import { parseFault } from "../../primitives/parse_fault.ts";
import { isStateMethods } from "../../primitives/parse_report.ts";
import { parseTools } from "../../primitives/parse_tool_spec.ts";
import { KINDS } from "../../primitives/short_form.ts";
import { nameWorkerFields } from "../port_headers.ts";
import type { FromWorker, PortStreamWord } from "../port.ts";

type Fields = Readonly<Record<string, unknown>>;
type Of<T extends FromWorker["t"]> = Extract<FromWorker, { t: T }>;

const PHASES: ReadonlySet<unknown> = new Set<FailPhase>(["load", "run", "uncaught", "vanished", "shutdown"]);
const LEVELS: ReadonlySet<unknown> = new Set<Of<"log">["level"]>(["DEBUG", "INFO", "WARNING", "ERROR"]);
const LIMIT_NAME = /^[a-z][a-z_]{0,63}$/;
/** A stack goes to the module's log, which clips it further. */
const STACK_UNITS = 32_768;

/** One word of a Worker, with the fields the port knows and nothing else; undefined when it is none. */
export function parseWorkerMessage(header: unknown, payload: unknown): FromWorker | undefined {
  const word = Array.isArray(header) ? nameWorkerFields(header) : header;
  if (!isRecord(word)) return undefined;
  switch (word["t"]) {
    case "call":
      return parseCall(word, payload);
    case "reply":
      return parseReply(word, payload);
    case "items":
    case "end":
    case "pull":
    case "stop":
      return parseStreamWord(word, payload);
    case "revoke":
      return isText(word["name"], HEADER_BOUNDS.name) ? { t: "revoke", name: word["name"] } : undefined;
    case "cancel":
      return isCount(word["id"]) ? { t: "cancel", id: word["id"] } : undefined;
    case "awake":
      return { t: "awake" };
    case "pong":
      return parsePong(word);
    case "log": {
      const { level, text } = word;
      return LEVELS.has(level) && typeof text === "string"
        ? { t: "log", level: level as Of<"log">["level"], text }
        : undefined;
    }
    case "dropped":
      return isCount(word["lines"]) ? { t: "dropped", lines: word["lines"] } : undefined;
    case "ready": {
      const tools = parseTools(word["tools"]);
      const { has_run, state } = word;
      if (!tools || typeof has_run !== "boolean" || (state !== undefined && !isStateMethods(state))) return undefined;
      return { t: "ready", tools, has_run, ...(state !== undefined && { state }) };
    }
    case "state": {
      const { id, ok } = word;
      const state = parsePayload(payload);
      return isCount(id) && typeof ok === "boolean" && state !== undefined
        ? { t: "state", id, ok, payload: state }
        : undefined;
    }
    case "failed": {
      const { phase, stack } = word;
      const fault = parseFault(word["fault"]);
      if (!PHASES.has(phase) || fault === undefined) return undefined;
      const told = typeof stack === "string" ? { stack: stack.slice(0, STACK_UNITS) } : {};
      return { t: "failed", phase: phase as FailPhase, fault, ...told };
    }
    case "ended":
      return word["what"] === "run" || word["what"] === "shutdown" ? { t: "ended", what: word["what"] } : undefined;
    case "limit": {
      const { limit, found, allowed } = word;
      if (typeof limit !== "string" || !LIMIT_NAME.test(limit) || !isAmount(found) || !isAmount(allowed)) {
        return undefined;
      }
      return { t: "limit", limit, found, allowed };
    }
    default:
      return undefined;
  }
}

function parseCall(word: Fields, rumour: unknown): Of<"call"> | undefined {
  const { id, parent, api, aspect, name, kind, timeout, trace } = word;
  const payload = parsePayload(rumour);
  if (!isCount(id) || payload === undefined || !KINDS.includes(kind as CallKind)) return undefined;
  if (!isText(api, HEADER_BOUNDS.api) || !isText(aspect, HEADER_BOUNDS.aspect) || !isText(name, HEADER_BOUNDS.name)) {
    return undefined;
  }
  if (parent !== undefined && !isCount(parent)) return undefined;
  if (timeout !== undefined && !isAmount(timeout)) return undefined;
  if (trace !== undefined && !isText(trace, HEADER_BOUNDS.trace)) return undefined;
  const lends = word["lends"] === undefined ? undefined : parseLends(word["lends"]);
  if (word["lends"] !== undefined && lends === undefined) return undefined;
  const call: Of<"call"> = { t: "call", id, api, aspect, name, kind: kind as CallKind, payload };
  if (parent === undefined && timeout === undefined && trace === undefined && lends === undefined) return call;
  return {
    ...call,
    ...(parent !== undefined && { parent }),
    ...(timeout !== undefined && { timeout }),
    ...(trace !== undefined && { trace }),
    ...(lends !== undefined && { lends }),
  };
}

function parseReply(word: Fields, rumour: unknown): Of<"reply"> | undefined {
  const { id, ok, code, streams = 0 } = word;
  const payload = parsePayload(rumour);
  if (!isCount(id) || typeof ok !== "boolean" || payload === undefined || !isCount(streams)) return undefined;
  if (code === undefined) return { t: "reply", id, ok, streams, payload };
  return isFaultCode(code) ? { t: "reply", id, ok, streams, payload, code } : undefined;
}

/** The wire's own parser knows these words; between shell and Worker they carry their payload with them. */
function parseStreamWord(word: Fields, rumour: unknown): PortStreamWord | undefined {
  const parsed = parseCellMessage(word);
  switch (parsed?.t) {
    case "pull":
    case "stop":
      return parsed;
    case "items":
    case "end": {
      const payload = parsePayload(rumour);
      return payload === undefined ? undefined : { ...parsed, payload };
    }
    default:
      return undefined;
  }
}

function parsePong(word: Fields): Of<"pong"> | undefined {
  const { seq, active_tasks, error_count, last_error_time, timers } = word;
  if (timers !== undefined && !isCount(timers)) return undefined;
  if (!isCount(seq) || !isCount(active_tasks) || !isCount(error_count)) return undefined;
  if (last_error_time !== null && !isAmount(last_error_time)) return undefined;
  return { t: "pong", seq, active_tasks, error_count, last_error_time, ...(timers !== undefined && { timers }) };
}

/** Text, or bytes of their own: shared ones could change while they are read, and a view of a larger buffer would keep all of it. */
function parsePayload(payload: unknown): Payload | undefined {
  if (typeof payload === "string") return payload;
  if (!(payload instanceof Uint8Array) || !(payload.buffer instanceof ArrayBuffer)) return undefined;
  return payload.byteLength === payload.buffer.byteLength ? payload : payload.slice();
}
