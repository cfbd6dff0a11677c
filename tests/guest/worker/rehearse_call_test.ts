import assert from "node:assert/strict";
import type { FromWorker } from "../../../kernel/guest/port.ts";
import { openPosted } from "../../../kernel/guest/port_batch.ts";
import { nameWorkerFields } from "../../../kernel/guest/port_headers.ts";
import { rehearseCall } from "../../../kernel/guest/worker/rehearse_call.ts";

Deno.test("a rehearsed call is served as a module's is, and its answer goes to the port that it is given", async () => {
  const said: (Partial<FromWorker> & { payload: unknown })[] = [];
  rehearseCall({
    postMessage: (posted: unknown) =>
      openPosted(posted, Infinity, (header, payload) => {
        said.push({ ...nameWorkerFields(header as unknown[]) as Partial<FromWorker>, payload });
      }),
  } as unknown as MessagePort);
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(said.map((word) => [word.t, (word as { id?: number }).id, word.payload]), [["reply", 1, "1"]]);
});
