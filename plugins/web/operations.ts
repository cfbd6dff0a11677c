/**
 * What is about the machine and not about one service, only the operator's people may see: `status`, `metrics` and `events` are methods of the aspect `operations` of the
 * api `web`, granted to a principal like any other service's.
 */
import { refusal } from "./refusal.ts";
import type { Visit } from "./visit.ts";

export const OPERATIONS = { api: "web", aspect: "operations" } as const;

/** Throws 403 where the visit's principal was not granted it. */
export async function needOperation({ bearer }: Visit, method: "status" | "metrics" | "events"): Promise<void> {
  if (await bearer.mayCall({ ...OPERATIONS, method })) return;
  const { api, aspect } = OPERATIONS;
  throw refusal(403, "not_granted", `'${bearer.principal}' may not ask for the machine's ${method}`, {
    hint:
      `add to configs/principals.yml: ${bearer.principal}: {grants: {services: [{api: ${api}, aspects: [${aspect}], methods: [${method}]}]}}`,
  });
}
