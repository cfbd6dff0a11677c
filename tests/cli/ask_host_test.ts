/** A kernel that handed over meanwhile says so: its successor is asked. */
import assert from "node:assert/strict";
import { askHost } from "../../kernel/cli/ask_host.ts";
import type { Setting } from "../../kernel/cli/setting.ts";
import { fault, ok, refuse } from "../../kernel/contract/fault.ts";
import { withHost } from "./scripted_host.ts";

const MOST_ASKED = 3;

/** How often a host was asked that says this so many times before it does what it was asked to. */
async function asked(
  times: number,
  says = fault("moved", "the kernel handed over meanwhile"),
): Promise<[number, string]> {
  let count = 0;
  let answered = "";
  const reload = ({ api }: { api: string }) =>
    Promise.resolve(++count <= times ? refuse(says) : ok({ api, reloaded: true as const }));
  await withHost({ reload }, async ({ home }) => {
    const answer = await askHost({ home } as Setting, "reload", { api: "a" });
    answered = answer.ok ? "ok" : answer.fault.code;
  });
  return [count, answered];
}

Deno.test("askHost asks the next kernel when one handed over before it began, three kernels at most", async () => {
  assert.deepEqual(await asked(0), [1, "ok"]);
  assert.deepEqual(await asked(MOST_ASKED - 1), [MOST_ASKED, "ok"]);
  assert.deepEqual(await asked(MOST_ASKED), [MOST_ASKED, "moved"]);
});

Deno.test("askHost does not ask again what may have run, nor what was refused for another reason", async () => {
  assert.deepEqual(await asked(1, fault("moved", "it ended", { maybe_ran: true })), [1, "moved"]);
  assert.deepEqual(await asked(1, fault("conflict", "another one is under way")), [1, "conflict"]);
});
