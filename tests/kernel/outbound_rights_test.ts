import assert from "node:assert/strict";
import { outboundRights } from "../../kernel/outbound_rights.ts";
import { NO_GRANTS } from "../../kernel/config/mod.ts";
import type { Grants } from "../../kernel/contract/spec.ts";
import { BrokerKit } from "../broker/scripted_broker.ts";

const HTTP = { ...new BrokerKit().seat("http").seat, fetches: true as const };
const KEY = { env: "KEY", host: "api.example.com", header: "Authorization" };

function asker() {
  const asked: string[] = [];
  const env = (name: string) => {
    asked.push(name);
    return Promise.resolve(name === "KEY" ? "the key" : null);
  };
  const served = (...grants: Partial<Grants>[]) => ({
    caller: "notes",
    config: "configs/notes.yml",
    grants: grants.map((some) => ({ ...NO_GRANTS, ...some })),
  });
  return { asked, env, served };
}

Deno.test("outboundRights tells the http service its caller's addresses and bound secrets, and asks for no other variable", async () => {
  const { asked, env, served } = asker();
  const secrets = [KEY, { env: "PLAIN" }, { env: "UNSET", host: "b.example", header: "X-Key" }];
  assert.deepEqual(await outboundRights(HTTP, served({ net: ["api.example.com:443"], secrets }), env), {
    ok: true,
    value: {
      caller: "notes",
      config: "configs/notes.yml",
      net: [["api.example.com:443"]],
      secrets: [{ ...KEY, value: "the key" }, { env: "UNSET", host: "b.example", header: "X-Key", value: null }],
    },
  });
  assert.deepEqual(asked, ["KEY", "UNSET"]);
});

Deno.test("outboundRights of a call in another's name has the secrets that all of them have, bound alike", async () => {
  const { asked, env, served } = asker();
  const of = async (...grants: Partial<Grants>[]) => {
    const rights = await outboundRights(HTTP, served(...grants), env);
    return rights.ok && [rights.value.net, rights.value.secrets.length];
  };
  const both = { net: ["a.example:1"], secrets: [KEY] };
  assert.deepEqual(await of(both, { net: [], secrets: [KEY] }), [[["a.example:1"], []], 1]);
  for (const other of [{ ...KEY, host: "b.example" }, { ...KEY, header: "X" }, { ...KEY, env: "B" }, { env: "KEY" }]) {
    assert.deepEqual(await of(both, { secrets: [other] }), [[["a.example:1"], []], 0]);
  }
  assert.deepEqual(asked, ["KEY"]);
});

Deno.test("outboundRights answers nobody but the shipped http service, and that one only while it serves a call", async () => {
  const { asked, env, served } = asker();
  const other = await outboundRights(new BrokerKit().seat("http").seat, served({ secrets: [KEY] }), env);
  assert.deepEqual(other.ok || [other.fault.code, other.fault.message], [
    ...["not_granted", "'http' may not ask what its callers may reach"],
  ]);
  const late = await outboundRights(HTTP, undefined, env);
  assert.deepEqual(late.ok || late.fault.code, "cancelled");
  assert.deepEqual(asked, []);
});
