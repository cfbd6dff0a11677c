/** `/api/status`, `/metrics` and `/api/events`: for principals that were granted operations. */
import type { HostEvent } from "meta-machine";
import type { HostStatus } from "./host_status.ts";
import { METRICS_TYPE, metricsText } from "./metrics_text.ts";
import { needOperation } from "./operations.ts";
import { plainJson } from "./plain_json.ts";
import { refusedOf } from "./refusal.ts";
import { faultBody } from "./error_body.ts";
import { serverSent } from "./server_sent.ts";
import type { Visit } from "./visit.ts";
import type { Web } from "./web.ts";

export async function answerStatus(visit: Visit, { kernel }: Web): Promise<Response> {
  await needOperation(visit, "status");
  return visit.answer(plainJson(await kernel.status()));
}

export async function answerMetrics(visit: Visit, { kernel, counts, places, streams }: Web): Promise<Response> {
  await needOperation(visit, "metrics");
  const figures = { requests: counts.rows(), under_way: places.taken, streams: streams.taken };
  return visit.answerText(metricsText(await kernel.status() as HostStatus, figures), METRICS_TYPE);
}

export async function answerEvents(visit: Visit, { kernel }: Web): Promise<Response> {
  await needOperation(visit, "events");
  visit.takeStream();
  const kinds = (visit.url.searchParams.get("kinds") ?? "").split(",").filter((kind) => kind !== "");
  return visit.answerEvents(written(kernel.events(kinds)[Symbol.asyncIterator](), visit.signal));
}

/** Ends with the visit also while it waits for the next one. A fault is its last word: its reader sees that it is not the end of events. */
async function* written(events: AsyncIterator<HostEvent>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {});
  signal.addEventListener("abort", () => gone.reject(signal.reason), { once: true });
  try {
    while (true) {
      const { done, value } = await Promise.race([events.next(), gone.promise]);
      if (done) return;
      yield serverSent(value, value.kind);
    }
  } catch (error) {
    yield serverSent(faultBody(refusedOf(error)), "error");
  } finally {
    void events.return?.().catch(() => {});
  }
}
