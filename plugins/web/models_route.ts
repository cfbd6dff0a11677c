/** `/v1/models`: each inference module that the principal may ask is a model, by the name of its api. */
import { INFERENCE, unknownModel } from "./chat_request.ts";
import type { HostStatus, ModuleStatus } from "./host_status.ts";
import type { Visit } from "./visit.ts";
import type { Web } from "./web.ts";

export async function answerModels(visit: Visit, { kernel }: Web): Promise<Response> {
  const { modules } = await kernel.status() as HostStatus;
  const models = modules.filter(({ api, state }) => api.startsWith(INFERENCE) && isThere(state));
  const allowed = await Promise.all(models.map(({ api }) => mayAsk(visit, api)));
  return visit.answer({ object: "list", data: models.filter((_, at) => allowed[at]).map(modelOf) });
}

export async function answerModel(visit: Visit, { kernel }: Web, name: string): Promise<Response> {
  const { modules } = await kernel.status() as HostStatus;
  const model = modules.find(({ api, state }) => api === name && api.startsWith(INFERENCE) && isThere(state));
  if (model === undefined || !await mayAsk(visit, name)) throw unknownModel(name);
  return visit.answer(modelOf(model));
}

async function mayAsk({ bearer }: Visit, api: string): Promise<boolean> {
  return await bearer.mayCall({ api, method: "chat" }) || await bearer.mayCall({ api, method: "stream" });
}

/** What comes back by itself is there, what waits for a person is not. */
function isThere(state: string): boolean {
  return !["stopped", "failed", "quarantined"].includes(state);
}

function modelOf({ api, uptime }: ModuleStatus) {
  return { id: api, object: "model", created: Math.floor(Date.now() / 1_000 - uptime), owned_by: "meta-machine" };
}
