/** The command's end of the operator's socket: one request, its items, its answer. */
import type { ControlRequest, ControlVerb, ControlVerbs } from "../contract/control.ts";
import { fault, refuse, type Result } from "../contract/fault.ts";
import type { Payload } from "../contract/wire.ts";
import { WIRE } from "../contract/limits.ts";
import { FrameReader, FrameWriter } from "../primitives/frame_codec.ts";
import { PieceJoiner, pieceKey } from "../primitives/join_pieces.ts";
import { splitMessage } from "../primitives/split_message.ts";
import { encodeValue } from "../primitives/value_codec.ts";
import { type AnswerHeader, parseAnswerHeader } from "./parse_answer_header.ts";
import { readAnswer, readItem } from "./read_answer.ts";

const REQUEST_ID = 1;
/** One answer or item; what is larger would only fill the command's memory. */
const ANSWER_BYTES = 67_108_864;
const READ_BYTES = 65_536;

/** What a stream's items are given to, one after the other: the next is read when this one was taken. */
export type OnItem = (item: unknown) => Promise<void>;

/**
 * Sends one request and resolves with its answer, or with a fault when the host ends without one (`ended`). The connection is closed afterwards;
 * closing it meanwhile ends the request the same way. Rejects only with what `onItem` throws.
 */
export async function requestHost<V extends ControlVerb>(
  connection: Pick<Deno.UnixConn, "read" | "write" | "close">,
  verb: V,
  params: ControlVerbs[V]["params"],
  onItem: OnItem = () => Promise.resolve(),
): Promise<Result<ControlVerbs[V]["answer"]>> {
  const payload = encodeValue(params, "params");
  try {
    if (!payload.ok) return payload;
    const sending = send(connection, verb, payload.value);
    const answer = await receive(connection, onItem);
    await sending;
    return answer as Result<ControlVerbs[V]["answer"]>;
  } finally {
    try {
      connection.close();
    } catch { /* closed meanwhile */ }
  }
}

/** The host went away before it answered. */
export function hostEnded(): Result<never> {
  return refuse(fault("service_down", "the host ended the connection before it answered", { maybe_ran: true }));
}

/** A failed write is no news: the host has said why, or has gone, and reading tells which. */
async function send(connection: Pick<Deno.UnixConn, "write">, verb: ControlVerb, payload: Payload): Promise<void> {
  const piece: ControlRequest = { t: "piece", id: REQUEST_ID };
  const request: ControlRequest = { t: "request", id: REQUEST_ID, verb };
  const writer = new FrameWriter<ControlRequest>();
  try {
    for (const split of splitMessage(request, payload, piece)) {
      writer.push(split.header, split.payload);
      if (writer.bytes >= WIRE.batch_bytes) await writeAll(connection, writer.take());
    }
    await writeAll(connection, writer.take());
  } catch { /* see above */ }
}

async function writeAll(connection: Pick<Deno.UnixConn, "write">, bytes: Uint8Array | undefined): Promise<void> {
  let rest = bytes ?? new Uint8Array();
  while (rest.length > 0) rest = rest.subarray(await connection.write(rest));
}

async function receive(connection: Pick<Deno.UnixConn, "read">, onItem: OnItem): Promise<Result<unknown>> {
  const reader = new FrameReader({ proven: true });
  const joiner = new PieceJoiner<AnswerHeader>({ open: 1, total_bytes: ANSWER_BYTES });
  const key = pieceKey("answer", REQUEST_ID);
  for (;;) {
    const buffer = new Uint8Array(READ_BYTES);
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) return hostEnded();
    const { messages, violation } = reader.feed(buffer.subarray(0, count));
    for (const message of messages) {
      const header = parseAnswerHeader(message.header);
      if (header === undefined) return garbled("a header that this program does not know");
      const joined = header.t === "piece"
        ? joiner.add(key, message.payload, header.more === true)
        : header.more === true
        ? joiner.begin(key, header, message.payload, ANSWER_BYTES)
        : { kind: "whole" as const, header, payload: message.payload };
      if (joined.kind === "violation") return garbled(joined.violation);
      if (joined.kind === "too_large" || joined.kind === "crowded") {
        return refuse(fault("too_large", `the answer has more than ${ANSWER_BYTES} bytes`));
      }
      if (joined.kind === "partial") continue;
      if (joined.header.t === "answer") return readAnswer(joined.header.ok, joined.payload);
      const item = readItem(joined.payload);
      if (!item.ok) return item;
      await onItem(item.value);
    }
    if (violation !== undefined) return garbled(violation);
  }
}

function garbled(what: string): Result<never> {
  return refuse(fault("internal", `the host does not keep to the protocol: ${what}`, { maybe_ran: true }));
}
