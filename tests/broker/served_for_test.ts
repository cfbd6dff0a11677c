/** In whose name a service is asked: the kernel says it by the call, whatever the service or its caller claim. */
import assert from "node:assert/strict";
import type { ServedFor } from "../../kernel/broker/served_for.ts";
import { KERNEL_API } from "../../kernel/contract/names.ts";
import type { Grants } from "../../kernel/contract/spec.ts";
import { BrokerKit, turn } from "./scripted_broker.ts";

const AS = { as_caller: true } as const;

function kitThatHears() {
  const heard: (ServedFor | undefined)[] = [];
  const kit = new BrokerKit({
    services: (_, __, ___, { served }) => {
      heard.push(served);
      return Promise.resolve({ ok: true, payload: "" });
    },
  });
  const seat = (api: string, services: string[], net: string[]) => {
    const module = kit.seat(api, { services });
    Object.assign(module.seat.grants as { net: readonly string[] }, { net } satisfies Partial<Grants>);
    return module;
  };
  const seen = () =>
    heard.map((served) => served && [served.caller, served.config, ...served.grants.map(({ net }) => net)]);
  return { kit, seat, seen };
}

Deno.test("a service asks the kernel about the caller whose call it serves, and hears that one's grants", async () => {
  const { seat, seen } = kitThatHears();
  const a = seat("a", ["http"], ["a.example:443"]);
  const b = seat("b", ["http"], ["b.example:443"]);
  const http = seat("http", [], []);
  a.calls(1, "http");
  const of_a = http.asked().id;
  b.calls(1, "http");
  const of_b = http.asked().id;
  http.calls(1, KERNEL_API, { parent: of_b });
  http.calls(2, KERNEL_API, { parent: of_a });
  await turn();
  assert.deepEqual(seen(), [["b", "configs/b.yml", ["b.example:443"]], ["a", "configs/a.yml", ["a.example:443"]]]);
});

Deno.test("about a call that it does not serve, or no longer, a service hears nothing", async () => {
  const { seat, seen } = kitThatHears();
  const a = seat("a", ["http", "other"], ["a.example:443"]);
  const http = seat("http", [], []);
  const other = seat("other", [], []);
  a.calls(1, "http");
  a.calls(2, "other");
  other.calls(1, KERNEL_API, { parent: http.asked().id });
  http.calls(1, KERNEL_API, { parent: other.asked().id });
  http.calls(2, KERNEL_API);
  http.calls(3, KERNEL_API, { parent: 99 });
  const { id } = http.asked();
  http.replies(id);
  http.calls(4, KERNEL_API, { parent: id });
  await turn();
  assert.deepEqual(seen(), [undefined, undefined, undefined, undefined, undefined]);
});

Deno.test("a call in the name of a caller is bound by the grants of all of them, one in the module's own name by its own", async () => {
  const { seat, seen } = kitThatHears();
  const a = seat("a", ["b"], ["a.example:443"]);
  const b = seat("b", ["c", "http"], ["b.example:443"]);
  const c = seat("c", ["http"], ["c.example:443"]);
  const http = seat("http", [], []);
  Object.assign(a.seat.grants, { services: [{ api: "b" }, { api: "c" }, { api: "http" }] });
  a.calls(1, "b");
  b.calls(1, "c", { parent: b.asked().id, lends: AS });
  const serving = c.asked().id;
  c.calls(1, "http", { parent: serving, lends: AS });
  http.calls(1, KERNEL_API, { parent: http.asked().id });
  c.calls(2, "http", { parent: serving });
  http.calls(2, KERNEL_API, { parent: http.asked().id });
  await turn();
  assert.deepEqual(seen(), [
    ["c", "configs/c.yml", ["c.example:443"], ["b.example:443"], ["a.example:443"]],
    ["c", "configs/c.yml", ["c.example:443"]],
  ]);
});

Deno.test("the operator's call has nobody's grants", async () => {
  const { kit, seat, seen } = kitThatHears();
  const http = seat("http", [], []);
  void kit.broker.callAsOperator({ api: "http", aspect: "default", name: "fetch", payload: "[]" });
  http.calls(1, KERNEL_API, { parent: http.asked().id });
  await turn();
  assert.deepEqual(seen(), [["@operator", undefined]]);
});

Deno.test("fetch in a home without an http service is refused with what to add", () => {
  const { seat } = kitThatHears();
  const a = seat("a", ["http", "nobody"], []);
  a.calls(1, "http", { name: "fetch" });
  a.calls(2, "nobody");
  const { code, message, hint } = a.port.faultOf(1);
  assert.deepEqual([code, message], ["service_down", "Service 'http' is not active or failed to load."]);
  assert.equal(
    hint,
    "`fetch` goes through the http service, and no config of this home names it; add configs/services/http.yml: " +
      '{api: http, prog: services/http, start: on_call, grants: {builtins: ["node:net", "node:tls", "node:dns"]}}',
  );
  assert.match(a.port.faultOf(2).hint, /^no config that could be read claims this name/);
});
