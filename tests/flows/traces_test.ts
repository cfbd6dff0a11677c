/** OTEL_DENO=true: what one call sets off is one tree of spans at the collector. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** An OTLP/HTTP collector that takes what it is sent. */
class Collector implements AsyncDisposable {
  readonly spans: Span[] = [];
  readonly services = new Set<string>();
  readonly #server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const body = await request.json();
    for (const { resource, scopeSpans } of body.resourceSpans ?? []) {
      const name = resource.attributes.find(({ key }: { key: string }) => key === "service.name");
      this.services.add(name?.value.stringValue);
      for (const { scope, spans } of scopeSpans) if (scope.name === "meta-machine") this.spans.push(...spans);
    }
    return new Response("{}", { headers: { "content-type": "application/json" } });
  });
  get env(): Record<string, string> {
    return {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
      OTEL_BSP_SCHEDULE_DELAY: "100",
    };
  }
  called(name: string): Span | undefined {
    return this.spans.find((span) => span.name === name);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

const attribute = (span: Span, name: string) => span.attributes.find(({ key }) => key === name)?.value.stringValue;

const OUTER = `
export class Module {
  #kernel;
  constructor(kernel) { this.#kernel = kernel; }
  async go() { return [this.#kernel.caller().trace_id, await this.#kernel.getApi("inner").step()]; }
  async fail() { await this.#kernel.getApi("inner").refuse(); }
}`;
const INNER = `
export class Module {
  #kernel;
  constructor(kernel) { this.#kernel = kernel; }
  async step() {
    const rows = await this.#kernel.getApi("database").query("select 1 as one");
    return [this.#kernel.caller().trace_id, rows[0].one];
  }
  refuse() { throw new RangeError("not like this"); }
}`;

Deno.test("a call, what it calls, and what that calls are one tree of spans, under the trace that modules see", async () => {
  await using collector = await Promise.resolve(new Collector());
  await using host = await RunningHost.start({
    "plugins/outer.js": OUTER,
    "plugins/inner.js": INNER,
    "configs/outer.yml": "grants: {services: [inner]}\n",
    "configs/inner.yml": "grants: {services: [database]}\n",
    "configs/database.yml": await Deno.readTextFile(new URL("../../configs/services/database.yml", import.meta.url)),
  }, { env: collector.env });
  const [outer, [inner, one]] = await host.call<[string, [string, number]]>("outer", "go");
  assert.equal(one, 1);
  const names = ["outer.go", "inner.step", "database.query"];
  const all = () => names.every((name) => collector.called(name) !== undefined);
  await until(all, 10_000, () => `only these came: ${collector.spans.map(({ name }) => name)}`);

  const [go, step, query] = names.map((name) => collector.called(name)!);
  assert.equal(go!.parentSpanId, "");
  assert.equal(step!.parentSpanId, go!.spanId);
  assert.equal(query!.parentSpanId, step!.spanId);
  assert.deepEqual(new Set([go, step, query].map((span) => span!.traceId)).size, 1);
  assert.equal(outer, `00-${go!.traceId}-${go!.spanId}-01`);
  assert.equal(inner, `00-${step!.traceId}-${step!.spanId}-01`);
  assert.ok(BigInt(go!.startTimeUnixNano) <= BigInt(query!.startTimeUnixNano));
  assert.ok(BigInt(query!.endTimeUnixNano) <= BigInt(go!.endTimeUnixNano));
  assert.deepEqual(
    ["rpc.system", "rpc.service", "rpc.method", "meta_machine.caller", "meta_machine.principal"].map((name) =>
      attribute(query!, name)
    ),
    ["meta-machine", "database", "query", "inner", "@operator"],
  );
  assert.ok(collector.services.has("meta-machine"));

  await host.fault("call", "outer", "fail");
  await until(() => collector.called("outer.fail") !== undefined, 10_000, () => "the failed call has no span");
  const [failed, refused] = [collector.called("outer.fail")!, collector.called("inner.refuse")!];
  assert.equal(refused.parentSpanId, failed.spanId);
  assert.deepEqual(refused.status, { code: 2, message: "module_error" });
  assert.equal(attribute(refused, "error.type"), "module_error");
});

Deno.test("spans that still wait when the host stops reach the collector", async () => {
  await using collector = await Promise.resolve(new Collector());
  const env = { ...collector.env, OTEL_BSP_SCHEDULE_DELAY: "60000" };
  const host = await RunningHost.start({ "plugins/inner.js": INNER, "configs/inner.yml": "" }, { env });
  await host.fault("call", "inner", "refuse");
  assert.equal((await host.stop()).code, 0);
  assert.ok(collector.called("inner.refuse") !== undefined);
  await Deno.remove(host.home, { recursive: true });
});
