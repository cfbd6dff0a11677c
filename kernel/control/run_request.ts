/** One request from its payload to its answer. */
import type { Payload } from "../contract/wire.ts";
import type { ControlVerb } from "../contract/control.ts";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { decodeValue } from "../primitives/value_codec.ts";
import { encodeAnswer } from "./encode_answer.ts";
import { type ControlHandlers, type ControlStream, EncodedAnswer } from "./handlers.ts";
import { PARAM_PARSERS } from "./parse_params.ts";

type AnyHandler = (params: unknown, stream: ControlStream<unknown>) => Promise<Result<unknown> | EncodedAnswer>;

/** Decodes, parses, runs, encodes. Never rejects: a handler that throws is a defect, told to `onDefect` and answered as `internal`. */
export async function runRequest(
  verb: ControlVerb,
  payload: Payload,
  handlers: ControlHandlers,
  stream: ControlStream<unknown>,
  onDefect: (error: unknown) => void,
): Promise<EncodedAnswer> {
  try {
    const decoded = payload.length === 0 ? ok({}) : decodeValue(payload);
    if (!decoded.ok) return encodeAnswer(decoded);
    const params = PARAM_PARSERS[verb](decoded.value);
    if (!params.ok) return encodeAnswer(params);
    const answer = await (handlers[verb] as AnyHandler)(params.value, stream);
    return answer instanceof EncodedAnswer ? answer : encodeAnswer(answer);
  } catch (error) {
    onDefect(error);
    return encodeAnswer(refuse(fault("internal", `${verb} failed inside the kernel`)));
  }
}
