import assert from "node:assert/strict";
import { readSettings } from "../../../plugins/openai/settings.ts";
import { hostOf } from "../../../plugins/openai/open_client.ts";
import { config } from "../scripted_kernel.ts";
import { shippedSpec } from "../shipped_in_worker.ts";

Deno.test("the shipped inference configs are off, name the shipped program, and grant what their params need", () => {
  for (const name of ["local", "openrouter"]) {
    const spec = shippedSpec(`inference/.${name}.yml`);
    const settings = readSettings(config(spec.own as Record<string, unknown>));
    const { port, protocol } = new URL(settings.base_url);
    assert.deepEqual([spec.api, spec.prog], [`inference/${name}`, "openai"]);
    assert.deepEqual(spec.grants.net, [
      `${hostOf(settings.base_url).replace(/:\d+$/, "")}:${port || (protocol === "https:" ? 443 : 80)}`,
    ]);
    assert.deepEqual(spec.grants.packages, ["openai", "@cfworker/json-schema"]);
    assert.deepEqual(spec.grants.services, [], "it is lent what whoever asks may call, and has nothing of its own");
    assert.ok(
      spec.limits.call_timeout_ms > settings.turn_timeout_ms && settings.turn_timeout_ms > settings.request_timeout_ms,
    );
    assert.ok(settings.model !== undefined && settings.tool_use === "bracket");
  }
});
