/** A handler's answer as what travels. */
import { fault, type Result } from "../contract/fault.ts";
import { encodeValue } from "../primitives/value_codec.ts";
import { EncodedAnswer } from "./handlers.ts";

/** An answer that is no plain data becomes the fault that names the place. */
export function encodeAnswer(answer: Result<unknown>): EncodedAnswer {
  const payload = encodeValue(answer.ok ? answer.value : answer.fault, "answer");
  if (payload.ok) return new EncodedAnswer(answer.ok, payload.value);
  const refused = encodeValue(fault("internal", `the answer can't be sent: ${payload.fault.message}`));
  return new EncodedAnswer(false, refused.ok ? refused.value : new Uint8Array());
}
