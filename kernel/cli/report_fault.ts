/** A fault as the command line tells it: to people on stderr with what to do about it, to programs on stdout. */
import { type Fault, faultJson } from "../contract/fault.ts";
import { answerJson } from "./answer.ts";
import type { Output } from "./output.ts";
import { safeBlock } from "./safe_text.ts";
import type { ExitCode } from "./setting.ts";

export async function reportFault(fault: Fault, json: boolean, out: Output): Promise<ExitCode> {
  if (json) await answerJson(out, faultJson(fault));
  else out.note(`${safeBlock(fault.message)}\nhint: ${safeBlock(fault.hint)}`); // a module's words don't pass for a hint
  return 1;
}
