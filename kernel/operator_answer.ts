/** What a call from the command line came to, for the socket: the answer as its callee wrote it, unread. */
import type { Fault } from "./contract/fault.ts";
import type { OperatorCall } from "./broker/mod.ts";
import { EncodedAnswer } from "./control/mod.ts";

/** Gives the call up when the client does. */
export async function answerOf(
  { outcome, cancel }: OperatorCall,
  signal: AbortSignal,
): Promise<EncodedAnswer | { readonly ok: false; readonly fault: Fault }> {
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, { once: true });
  const answer = await outcome;
  return answer.ok ? new EncodedAnswer(true, answer.payload) : answer;
}
