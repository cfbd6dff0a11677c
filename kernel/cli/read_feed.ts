/** `logs` and `events`: records of a feed onto stdout, as many as there are, or until Ctrl-C. */
import type { FeedParams } from "../contract/control.ts";
import { type Fault, ok, refuse, type Result } from "../contract/fault.ts";
import { answerJson } from "./answer.ts";
import { connectAgain, connectHost } from "./connect.ts";
import { requestHost } from "./control_client.ts";
import type { ShowRecord } from "./feed_line.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { jsonText } from "./json_text.ts";
import { lockHolder } from "./lock_holder.ts";
import { MOST_LINES } from "./parse_lines.ts";
import type { ExitCode, Setting } from "./setting.ts";

export async function readFeed(
  setting: Setting,
  verb: "logs" | "events",
  params: FeedParams,
  show: ShowRecord,
): Promise<Result<ExitCode>> {
  const connection = await connectHost(setting.home);
  if (connection.ok) return await (params.follow ? follow : readPast)(setting, connection.value, verb, params, show);
  const gone = connection.fault.code === "service_down" && (await lockHolder(setting.home)).state === "free";
  if (!gone || params.follow) return connection;
  return await readFiles(setting, connection.fault, verb, params, show);
}

async function readPast(
  { out, json }: Setting,
  connection: Deno.UnixConn,
  verb: "logs" | "events",
  params: FeedParams,
  show: ShowRecord,
): Promise<Result<ExitCode>> {
  const document: unknown[] = [];
  let count = 0;
  const answer = await requestHost(connection, verb, params, async (item) => {
    count++;
    if (json) document.push(item);
    else await out.answer(`${show(item)}\n`);
  });
  if (!answer.ok) return answer;
  if (json) await answerJson(out, document);
  else if (count === 0) out.note(nothing(verb, params));
  return ok(0);
}

/** An empty answer could as well be a slip of the pen in a name. */
function nothing(verb: "logs" | "events", { api, lines }: FeedParams): string {
  if (lines === 0) return "no records, as you asked for none of the past";
  const what = verb === "logs" ? "no lines" : "no events";
  return api === undefined ? `${what} there` : `${what} of '${api}' there; 'status' lists the apis`;
}

/** Without a host nobody answers, but what the last one wrote is still there to read. */
async function readFiles(
  { out, json, home }: Setting,
  why: Fault,
  verb: "logs" | "events",
  params: FeedParams,
  show: ShowRecord,
): Promise<Result<ExitCode>> {
  const { recordsOnDisk } = await import("./records_on_disk.ts");
  const records = await recordsOnDisk(home, verb, params);
  if (records === undefined) return refuse(why);
  out.note(`no host runs in ${home}: this is what the last one wrote`);
  if (json) await answerJson(out, records);
  else if (records.length === 0) out.note(nothing(verb, params));
  else for (const record of records) await out.answer(`${show(record)}\n`);
  return ok(0);
}

/**
 * Until Ctrl-C, or until the host has ended: a kernel that died is followed by another one, which is asked for what came after the last record that
 * was shown. So none is left out and none shown twice, but for those that died with their kernel before they reached anybody.
 */
async function follow(
  { out, json, home }: Setting,
  first: Deno.UnixConn,
  verb: "logs" | "events",
  params: FeedParams,
  show: ShowRecord,
): Promise<Result<ExitCode>> {
  const interrupt = listenForInterrupt();
  const { signal } = interrupt;
  const began = new Date().toISOString();
  let last: string | undefined;
  const missed = (): FeedParams => {
    if (last !== undefined) return { ...params, after: last };
    const { since = began } = params;
    return { ...params, lines: MOST_LINES, since: since > began ? since : began };
  };
  try {
    let asked = params;
    for (let connection: Deno.UnixConn | undefined = first; connection !== undefined;) {
      const answer = await requestUntil(signal, connection, verb, asked, async (item) => {
        await out.answer(`${json ? jsonText(item, "line") : show(item)}\n`);
        last = (item as { id?: string }).id ?? last;
      });
      if (signal.aborted) return ok(0);
      if (!answer.ok && answer.fault.code !== "service_down") return answer;
      connection = await connectAgain(home, signal);
      asked = missed();
    }
    if (!signal.aborted) out.note("the host has ended");
    return ok(0);
  } finally {
    interrupt.forget();
  }
}

/** A request that also ends when the signal is aborted. */
async function requestUntil(
  signal: AbortSignal,
  connection: Deno.UnixConn,
  verb: "logs" | "events",
  params: FeedParams,
  onItem: (item: unknown) => Promise<void>,
): Promise<Result<null>> {
  const hangUp = () => connection.close();
  if (signal.aborted) hangUp();
  else signal.addEventListener("abort", hangUp);
  try {
    return await requestHost(connection, verb, params, onItem);
  } finally {
    signal.removeEventListener("abort", hangUp);
  }
}
