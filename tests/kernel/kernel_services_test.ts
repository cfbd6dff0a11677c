import assert from "node:assert/strict";
import { kernelServices, type ServicePowers } from "../../kernel/kernel_services.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";
import { type KernelAsked, NO_TOOLS } from "../../kernel/broker/mod.ts";
import { NO_GRANTS } from "../../kernel/config/mod.ts";
import type { HostEvent } from "../../kernel/contract/events.ts";
import type { Grants } from "../../kernel/contract/spec.ts";
import { BrokerKit } from "../broker/scripted_broker.ts";
import { makeHome } from "./scripted_powers.ts";

/** It serves nobody. */
const ASKED: KernelAsked = {
  served: undefined,
  own: true,
  authority: () => ({ ok: true, value: { api: "notes", principal: "notes", config: "", bounds: [[]] } }),
};

async function ask(
  grants: Partial<Grants>,
  name: string,
  args: readonly unknown[],
  powers: Partial<ServicePowers> = {},
  asked: Partial<KernelAsked> = {},
) {
  const seat = { ...new BrokerKit().seat("notes").seat, grants: { ...NO_GRANTS, ...grants } };
  const services = kernelServices({
    files: denoFiles,
    home: "/nowhere",
    env: (name) => Promise.resolve(name === "KEY" ? "secret" : null),
    status: () => Promise.resolve({ kernel: { version: "1", config: "meta.yml", pid: 1, uptime: 0 }, modules: [] }),
    reload: (
      api,
    ) => (api === "notes" ? Promise.resolve(true) : api === "late" ? Promise.resolve(undefined) : undefined),
    tools: NO_TOOLS,
    tokens: { show: (token) => Promise.resolve({ ok: true, value: { principal: `who showed ${token}` } }) },
    emit: () => {},
    events: { recent: () => [], follow: () => () => {}, mark: "1-0" },
    clock: { monotonic: () => 0, after: () => () => {} },
    ...powers,
  });
  const payload = encodeValue(args);
  assert.ok(payload.ok);
  const outcome = await services(seat, name, payload.value, { ...ASKED, ...asked });
  if (!outcome.ok) return outcome.fault;
  const value = decodeValue(outcome.payload);
  assert.ok(value.ok);
  return value.value;
}
const refused = async (...of: Parameters<typeof ask>) => {
  const { code, message, hint } = await ask(...of) as { code: string; message: string; hint: string };
  return [code, message, hint];
};

Deno.test("kernel.secret gives a plain secret that was granted, and no other", async () => {
  assert.equal(await ask({ secrets: [{ env: "KEY" }] }, "secret", ["KEY"]), "secret");
  assert.deepEqual((await refused({ secrets: [{ env: "UNSET" }] }, "secret", ["UNSET"])).slice(0, 2), [
    ...["not_found", "secret 'UNSET' is not set"],
  ]);
  for (const secrets of [[], [{ env: "OTHER" }], [{ env: "KEY", host: "api.example.com", header: "Authorization" }]]) {
    assert.deepEqual(await refused({ secrets }, "secret", ["KEY"]), [
      ...["not_granted", "'notes' may not use secret 'KEY'", "add to configs/notes.yml: grants: {secrets: [KEY]}"],
    ]);
  }
});

Deno.test("kernel.prompt gives a granted prompt below prompts/, and follows no link out of it", async () => {
  const home = await makeHome({ "prompts/meta.txt": "be kind", "configs/principals.yml": "secret: yes" });
  await Deno.symlink(`${home}/configs/principals.yml`, `${home}/prompts/link.txt`);
  const prompts = ["meta.txt", "link.txt", "../configs/principals.yml", "missing.txt"];
  assert.equal(await ask({ prompts }, "prompt", ["meta.txt"], { home }), "be kind");
  for (const name of prompts.slice(1)) {
    assert.equal((await refused({ prompts }, "prompt", [name], { home }))[0], "not_found", name);
  }
  assert.deepEqual(await refused({}, "prompt", ["meta.txt"], { home }), [
    ...[
      "not_granted",
      "'notes' may not use prompt 'meta.txt'",
      "add to configs/notes.yml: grants: {prompts: [meta.txt]}",
    ],
  ]);
  await Deno.remove(home, { recursive: true });
});

Deno.test("kernel.status and kernel.reload work where granted", async () => {
  const kernel = ["status", "reload"] as const;
  assert.equal((await ask({ kernel }, "status", []) as { kernel: { version: string } }).kernel.version, "1");
  assert.equal((await refused({}, "status", []))[0], "not_granted");
  assert.equal((await refused({}, "reload", ["notes"]))[0], "not_granted");
  assert.equal((await refused({ kernel }, "reload", ["nobody"]))[0], "not_found");
  assert.equal((await refused({}, "reload", []))[0], "not_granted", "itself neither");
  assert.deepEqual(await ask({ kernel }, "reload", []), { api: "notes" }, "without a name it is itself");
  const [code, message] = await refused({ kernel }, "reload", ["late"]);
  assert.equal(code, "moved");
  assert.match(
    message!,
    /^the reload of 'late' was not carried out: the kernel handed over to its successor meanwhile/,
  );
});

Deno.test("kernel.reportLimit needs no grant and is the module's own", async () => {
  const events: HostEvent[] = [];
  const emit = (event: HostEvent) => void events.push(event);
  assert.equal(await ask({}, "limit", [{ limit: "slow_ms", found: 2, allowed: 1 }], { emit }), undefined);
  assert.deepEqual(events.map(({ kind, api }) => [kind, api]), [["limit.hit", "notes"]]);
  assert.equal((await refused({}, "limit", ["slow"]))[0], "invalid_argument");
});

Deno.test("what the kernel does not have is refused with what it has, also inherited names and no arguments at all", async () => {
  for (const name of ["sleep", "constructor", "toString"]) {
    const [code, message, hint] = await refused({}, name, []);
    assert.deepEqual([code, message], ["no_attribute", `the kernel has no '${name}'`]);
    assert.match(hint!, /it has secret, prompt, status, events, reload, limit/);
  }
  const services = kernelServices({
    files: denoFiles,
    home: "/",
    env: () => Promise.resolve(null),
    status: () => Promise.reject(),
    reload: () => undefined,
    tools: NO_TOOLS,
    tokens: { show: (token) => Promise.resolve({ ok: true, value: { principal: `who showed ${token}` } }) },
    emit: () => {},
    events: { recent: () => [], follow: () => () => {}, mark: "1-0" },
    clock: { monotonic: () => 0, after: () => () => {} },
  });
  const torn = await services(new BrokerKit().seat("a").seat, "secret", new Uint8Array([1, 2]), ASKED);
  assert.equal(torn.ok, false);
});

Deno.test("in another's name a module is told tools and rights, and nothing by its own grants", async () => {
  const other = { own: false };
  const grants: Partial<Grants> = {
    kernel: ["status", "reload", "bearer"],
    secrets: [{ env: "KEY" }],
    prompts: ["meta.txt"],
  };
  for (const name of ["status", "reload", "bearer", "secret", "prompt", "outbound", "limit"]) {
    const told = await ask(grants, name, ["KEY"], {}, other) as { code?: string; message?: string };
    assert.deepEqual([told.code, told.message], [
      ...["not_granted", `'notes' may not use kernel.${name} in another's name`],
    ]);
  }
  assert.deepEqual(await ask(grants, "tools", [], {}, other), []);
  assert.equal(await ask(grants, "may", [{ api: "notes", method: "add" }], {}, other), false);
});
