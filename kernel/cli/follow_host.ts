/** `logs` and `events`: items of a stream onto stdout, as many as there are, or until Ctrl-C. */
import { exists } from "@std/fs";
import { join } from "@std/path";
import type { ControlVerbs } from "../contract/control.ts";
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import { connectHost } from "./connect.ts";
import { requestHost } from "./control_client.ts";
import { answerJson } from "./answer.ts";
import { jsonText } from "./json_text.ts";
import type { ExitCode, Setting } from "./setting.ts";

/** Text for people, one item at a time. */
export type RenderItem = (item: unknown, colour: boolean) => string;

export async function followHost<V extends "logs" | "events">(
  setting: Setting,
  verb: V,
  params: ControlVerbs[V]["params"],
  render: RenderItem,
): Promise<Result<ExitCode>> {
  const { out, json, home } = setting;
  const connection = await connectHost(home);
  if (!connection.ok) return await withPastLogs(connection, home);
  const document: unknown[] = [];
  const onItem = async (item: unknown) => {
    if (json && !params.follow) document.push(item);
    else await out.answer(`${json ? jsonText(item, "line") : render(item, out.colour)}\n`);
  };
  const stopped = onInterrupt(() => connection.value.close());
  try {
    const answer = await requestHost(connection.value, verb, params, onItem);
    if (!answer.ok && !(params.follow && endsFollowing(answer.fault, stopped.was, out.note))) return answer;
    if (json && !params.follow) await answerJson(out, document);
    return ok(0);
  } finally {
    stopped.forget();
  }
}

/** Without a host nobody answers, but what the last one wrote is still there to read. */
async function withPastLogs({ fault: why }: Result<never> & { ok: false }, home: string): Promise<Result<never>> {
  const logs = join(home, "runtime/logs");
  if (why.code !== "service_down" || !(await exists(logs))) return refuse(why);
  return refuse(fault(why.code, why.message, { hint: `what the last host wrote is in ${logs}/` }));
}

/** A host that ends, or a person who has seen enough, is how following ends. */
function endsFollowing({ code }: Fault, interrupted: () => boolean, note: (text: string) => void): boolean {
  if (interrupted()) return true;
  if (code !== "service_down") return false;
  note("the host has ended");
  return true;
}

function onInterrupt(then: () => void): { was(): boolean; forget(): void } {
  let interrupted = false;
  const listener = () => {
    if (interrupted) return; // `deno task` sends it twice
    interrupted = true;
    then();
  };
  Deno.addSignalListener("SIGINT", listener);
  Deno.addSignalListener("SIGTERM", listener);
  return {
    was: () => interrupted,
    forget() {
      Deno.removeSignalListener("SIGINT", listener);
      Deno.removeSignalListener("SIGTERM", listener);
    },
  };
}
