/** Headers between a shell and its Worker: short ones for calls and replies (primitives/short_form.ts), all others as they are. */
import type { Payload } from "../contract/wire.ts";
import { quoteName } from "../primitives/quote_name.ts";
import {
  kindNumber,
  KINDS,
  nameAnswer,
  orAbsent,
  present,
  SHORT,
  writeAnswer,
  writeReply,
} from "../primitives/short_form.ts";
import type { FromWorker, ToWorker } from "./port.ts";
import { writePlain } from "./port_batch.ts";

const { stringify } = JSON;
const { isArray } = Array;

/** What the shell says. */
export function writeShellHeader(m: ToWorker): string {
  if (m.t === "reply") return writeReply(m.id, m.ok, m.live, m.code, m.streams);
  if (m.t !== "call") return writePlain(m);
  // A trace is the kernel's own word, of characters that JSON need not escape.
  return `[1,${m.id},${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${quoteName(m.caller.api)},${
    quoteName(m.caller.principal)
  },"${m.trace}",${m.ms},${m.streams},${m.made ?? -1}]`;
}

/** What the shell said. Its writer is the host's own, so nothing is checked. */
export function readShellHeader(header: unknown, payload: Payload): ToWorker {
  if (!isArray(header)) return { ...(header as object), payload } as ToWorker;
  if (header[0] === SHORT.reply) {
    const code = header[4];
    const reply = {
      t: "reply" as const,
      id: header[1],
      ok: header[2] === 1,
      live: header[3] === 1,
      streams: header[5],
      payload,
    };
    return code === 0 ? reply : { ...reply, code };
  }
  const made = header[10];
  const call = {
    t: "call" as const,
    id: header[1],
    aspect: header[2],
    name: header[3],
    kind: KINDS[header[4]]!,
    caller: { api: header[5], principal: header[6] },
    trace: header[7],
    ms: header[8],
    streams: header[9],
    payload,
  };
  return made < 0 ? call : { ...call, made };
}

/** What the Worker says. */
export function writeWorkerHeader(m: FromWorker): string {
  if (m.t === "reply") return writeAnswer(m.id, m.ok, m.code, m.streams);
  if (m.t !== "call" || m.lends !== undefined) return writePlain(m);
  return `[1,${m.id},${m.parent ?? -1},${quoteName(m.api)},${quoteName(m.aspect)},${quoteName(m.name)},${
    kindNumber(m.kind)
  },${m.timeout ?? -1},${m.trace === undefined ? 0 : stringify(m.trace)}]`;
}

/** The fields of a Worker's short header under their names, for parse_worker_message.ts, which checks each; undefined for a kind that there is not. */
export function nameWorkerFields(header: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  if (header[0] === SHORT.reply) return nameAnswer(header);
  if (header[0] !== SHORT.call || header.length !== 9) return undefined;
  const [, id, parent, api, aspect, name, kind, timeout, trace] = header;
  return {
    ...{ t: "call", id, parent: orAbsent(parent), api, aspect, name, kind: KINDS[kind as number] },
    ...{ timeout: orAbsent(timeout), trace: present(trace) },
  };
}
