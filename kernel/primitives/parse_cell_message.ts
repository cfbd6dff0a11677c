import { WIRE } from "../contract/limits.ts";
import { isFaultCode } from "../contract/fault.ts";
import { LIMIT_NAMES } from "../contract/limits.ts";
import { isCellId, isInstanceId } from "../contract/names.ts";
import { type CallKind, type CellMessage, type FailPhase, HEADER_BOUNDS, type PieceOf } from "../contract/wire.ts";
import { isAmount, isCount, isHex, isPositive, isRecord, isText, parseEach } from "./check_fields.ts";
import { parseLend, parseLends } from "./parse_lends.ts";
import { KINDS } from "./short_form.ts";
import { nameCellFields } from "./short_headers.ts";

type Fields = Readonly<Record<string, unknown>>;
type Mutable<M> = M extends unknown ? { -readonly [K in keyof M]: M[K] } : never;
type Of<T extends CellMessage["t"]> = Mutable<Extract<CellMessage, { t: T }>>;

type Carrying = Of<
  | "report"
  | "loaded"
  | "failed"
  | "call"
  | "reply"
  | "piece"
  | "figures"
  | "vetted"
  | "items"
  | "end"
  | "state"
  | "dying"
>;

/** What a name of a limit in `dying` may have. */
const LIMIT_NAME = /^[a-z][a-z_]{0,63}$/;
/** Part of every call key, so no space and no `#`. */
const INCARNATION = new RegExp(`^[A-Za-z0-9._-]{1,${HEADER_BOUNDS.incarnation}}$`);

const LIMITS: ReadonlySet<unknown> = new Set(LIMIT_NAMES);
const PIECES: ReadonlySet<unknown> = new Set<PieceOf>(["call", "reply", "load", "vet", "vetted", "import", "state"]);
const PHASES: ReadonlySet<unknown> = new Set<FailPhase>(["load", "run", "uncaught", "vanished", "shutdown"]);
const ENDS: ReadonlySet<unknown> = new Set<Of<"ended">["what"]>(["run", "shutdown", "worker"]);

/**
 * What a cell said, as a fresh object with the fields that the wire knows and nothing else; undefined when any of them is not what the wire says.
 * The names in a `call` are bounded texts, not checked names: a module may ask for what can't exist, and is told so by a fault.
 */
export function parseCellMessage(said: unknown): CellMessage | undefined {
  const header = Array.isArray(said) ? nameCellFields(said) : said;
  if (!isRecord(header)) return undefined;
  switch (header["t"]) {
    case "call":
      return parseCall(header);
    case "reply":
      return parseReply(header);
    case "ack":
      return parseAck(header);
    case "credit": {
      const { bytes, messages } = header;
      return isCount(bytes) && isCount(messages) ? { t: "credit", bytes, messages } : undefined;
    }
    case "piece": {
      const { of, id } = header;
      return PIECES.has(of) && isCount(id) ? carry({ t: "piece", of: of as PieceOf, id }, header) : undefined;
    }
    case "cancel":
      return isCount(header["id"]) ? { t: "cancel", id: header["id"] } : undefined;
    case "items":
    case "end":
    case "pull":
    case "stop":
      return parseStreamWord(header);
    case "revoke": {
      const { from, name } = header;
      return isInstanceId(from) && isText(name, HEADER_BOUNDS.name) ? { t: "revoke", from, name } : undefined;
    }
    case "lend":
      return parseLend(header);
    case "figures":
      return carry({ t: "figures" }, header);
    case "report":
      return carry({ t: "report" }, header);
    case "fence":
      return { t: "fence" };
    case "attach":
      return parseAttach(header);
    case "dying":
      return parseDying(header);
    case "limit":
      return parseLimit(header);
    case "vetted":
    case "state": {
      const { t, id, ok } = header;
      return isCount(id) && typeof ok === "boolean" ? carry({ t, id, ok }, header) : undefined;
    }
    case "loaded":
    case "failed":
    case "ended":
      return parseLifeEvent(header);
    default:
      return undefined;
  }
}

function parseCall(header: Fields): CellMessage | undefined {
  const { id, from, parent, api, aspect, name, kind, timeout, trace, again, resaid, lends } = header;
  if (
    !isCount(id) || !isInstanceId(from) || !isText(api, HEADER_BOUNDS.api) || !isText(aspect, HEADER_BOUNDS.aspect) ||
    !isText(name, HEADER_BOUNDS.name) || !KINDS.includes(kind as CallKind)
  ) return undefined;
  const call: Of<"call"> = { t: "call", id, from, api, aspect, name, kind: kind as CallKind };
  if (lends !== undefined) {
    const parsed = parseLends(lends);
    if (parsed === undefined) return undefined;
    call.lends = parsed;
  }
  if (parent !== undefined) {
    if (!isCount(parent)) return undefined;
    call.parent = parent;
  }
  if (timeout !== undefined) {
    if (!isAmount(timeout)) return undefined;
    call.timeout = timeout;
  }
  if (trace !== undefined) {
    if (!isText(trace, HEADER_BOUNDS.trace)) return undefined;
    call.trace = trace;
  }
  if (again !== undefined) {
    if (again !== true) return undefined;
    call.again = true;
  }
  if (resaid !== undefined) {
    if (resaid !== true) return undefined;
    call.resaid = true;
  }
  return carry(call, header);
}

function parseReply(header: Fields): CellMessage | undefined {
  const { id, ok, code, streams } = header;
  if (!isCount(id) || typeof ok !== "boolean") return undefined;
  const reply: Of<"reply"> = { t: "reply", id, ok };
  if (streams !== undefined) {
    if (!isCount(streams)) return undefined;
    reply.streams = streams;
  }
  if (code !== undefined) {
    if (!isFaultCode(code)) return undefined;
    reply.code = code;
  }
  return carry(reply, header);
}

/** Ranges ascend and don't touch the one before: each answer is acknowledged once, and they are no more than one `ack` may name. */
function parseAck(header: Fields): CellMessage | undefined {
  let last = -1;
  let left: number = WIRE.ack_ids;
  const ids = parseEach(header["ids"], WIRE.ack_ids, (range) => {
    if (!Array.isArray(range) || range.length !== 2) return undefined;
    const [from, to] = range;
    if (!isCount(from) || !isCount(to) || from <= last || to < from) return undefined;
    left -= to - from + 1;
    if (left < 0) return undefined;
    last = to;
    return [from, to] as const;
  });
  return ids && { t: "ack", ids };
}

function parseAttach(header: Fields): CellMessage | undefined {
  const { cell, incarnation, proof, pid } = header;
  if (!isCellId(cell) || typeof incarnation !== "string" || !INCARNATION.test(incarnation)) return undefined;
  if (!isHex(proof, HEADER_BOUNDS.proof) || !isPositive(pid)) return undefined;
  return { t: "attach", cell, incarnation, proof, pid };
}

function parseDying(header: Fields): CellMessage | undefined {
  const { instance, limit, found, allowed } = header;
  if (typeof limit !== "string" || !LIMIT_NAME.test(limit) || !isAmount(found) || !isAmount(allowed)) return undefined;
  if (instance !== undefined && !isInstanceId(instance)) return undefined;
  return carry({ t: "dying", limit, found, allowed, ...(instance !== undefined && { instance }) }, header);
}

function parseLimit({ instance, limit, found, allowed }: Fields): CellMessage | undefined {
  if (!isInstanceId(instance) || !LIMITS.has(limit) || !isAmount(found) || !isAmount(allowed)) return undefined;
  return { t: "limit", instance, limit: limit as Of<"limit">["limit"], found, allowed };
}

function parseLifeEvent(header: Fields): CellMessage | undefined {
  const { t, instance, phase, what } = header;
  if (!isInstanceId(instance)) return undefined;
  switch (t) {
    case "loaded":
      return carry({ t, instance }, header);
    case "failed":
      return PHASES.has(phase) ? carry({ t, instance, phase: phase as FailPhase }, header) : undefined;
    case "ended":
      return ENDS.has(what) ? { t, instance, what: what as Of<"ended">["what"] } : undefined;
    default:
      return undefined;
  }
}

function parseStreamWord(header: Fields): CellMessage | undefined {
  const { t, at, id, no, count, code, upto, bytes } = header;
  if ((at !== "caller" && at !== "callee") || !isCount(id) || !isCount(no)) return undefined;
  switch (t) {
    case "items":
      return isPositive(count) ? carry({ t, at, id, no, count }, header) : undefined;
    case "end":
      if (code !== undefined && !isFaultCode(code)) return undefined;
      return carry({ t, at, id, no, ...(code !== undefined && { code }) }, header);
    case "pull":
      return isCount(upto) && isCount(bytes) ? { t, at, id, no, upto, bytes } : undefined;
    default:
      return { t: "stop", at, id, no };
  }
}

/** Says whether pieces follow. */
function carry<M extends Carrying>(message: M, { more }: Fields): M | undefined {
  if (more !== undefined) {
    if (more !== true) return undefined;
    message.more = true;
  }
  return message;
}
