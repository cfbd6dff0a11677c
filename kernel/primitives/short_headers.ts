/** Headers of the wire: short ones for calls and replies (short_form.ts), all others as they are. */
import type { CallKey, InstanceId } from "../contract/names.ts";
import type { CellMessage, KernelMessage } from "../contract/wire.ts";
import { quoteName } from "./quote_name.ts";
import {
  flag,
  kindNumber,
  KINDS,
  nameAnswer,
  orAbsent,
  present,
  SHORT,
  writeAnswer,
  writeReply,
} from "./short_form.ts";

type KernelCall = Extract<KernelMessage, { t: "call" }>;
type KernelReply = Extract<KernelMessage, { t: "reply" }>;

/** What a cell says, as JSON. */
export function writeCellHeader(m: CellMessage): string {
  if (m.t === "reply" && !m.more) return writeAnswer(m.id, m.ok, m.code, m.streams ?? 0);
  if (m.t !== "call" || m.more || m.resaid) return JSON.stringify(m);
  const { lends } = m;
  if (lends !== undefined && (lends.kept !== undefined || lends.bearer !== undefined)) return JSON.stringify(m);
  return `[1,${m.id},"${m.from}",${m.parent ?? -1},${quoteName(m.api)},${quoteName(m.aspect)},${quoteName(m.name)},${
    kindNumber(m.kind)
  },${m.timeout ?? -1},${m.trace === undefined ? 0 : JSON.stringify(m.trace)},${m.again ? 1 : 0},${
    lends?.functions ?? 0
  },${lends?.streams ?? 0},${lends?.as_caller ? 1 : 0}]`;
}

/** What the kernel says, as JSON. */
export function writeKernelHeader(m: KernelMessage): string {
  if (m.t === "reply" && !m.more) return writeReply(m.id, m.ok, m.live, m.code, m.streams ?? 0);
  if (m.t !== "call" || m.more) return JSON.stringify(m);
  // Keys and traces are the host's own words, of characters that JSON need not escape.
  return `[1,${m.id},"${m.key}","${m.to}",${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${
    quoteName(m.caller.api)
  },${quoteName(m.caller.principal)},"${m.trace}",${m.ms},${m.depth},${m.streams ?? 0},${m.made ?? -1}]`;
}

/** What the kernel said; a short header as the message it stands for. Its writer is the host's own, so nothing is checked. */
export function readKernelHeader(header: unknown): KernelMessage {
  if (!Array.isArray(header)) return header as KernelMessage;
  if (header[0] === SHORT.reply) {
    const code = header[4], streams = header[5];
    const reply: KernelReply = { t: "reply", id: header[1], ok: header[2] === 1, live: header[3] === 1 };
    return code === 0 && streams === 0
      ? reply
      : { ...reply, ...(code !== 0 && { code }), ...(streams > 0 && { streams }) };
  }
  const streams = header[12], made = header[13];
  const call: KernelCall = {
    t: "call",
    id: header[1],
    key: header[2] as CallKey,
    to: header[3] as InstanceId,
    aspect: header[4],
    name: header[5],
    kind: KINDS[header[6]]!,
    caller: { api: header[7], principal: header[8] },
    trace: header[9],
    ms: header[10],
    depth: header[11],
  };
  return streams === 0 && made < 0 ? call : { ...call, ...(streams > 0 && { streams }), ...(made >= 0 && { made }) };
}

/** The fields of a cell's short header under their names, for parse_cell_message.ts, which checks each; undefined for a kind that there is not. */
export function nameCellFields(header: readonly unknown[]): Readonly<Record<string, unknown>> | undefined {
  if (header[0] === SHORT.reply) return nameAnswer(header);
  if (header[0] !== SHORT.call || header.length !== 14) return undefined;
  const [, id, from, parent, api, aspect, name, kind, timeout, trace, again, functions, streams, as_caller] = header;
  return {
    ...{ t: "call", id, from, parent: orAbsent(parent), api, aspect, name, kind: KINDS[kind as number] },
    ...{ timeout: orAbsent(timeout), trace: present(trace), again: flag(again) },
    lends: functions === 0 && streams === 0 && as_caller === 0
      ? undefined
      : { functions: present(functions), streams: present(streams), as_caller: flag(as_caller) },
  };
}
