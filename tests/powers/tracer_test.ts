import assert from "node:assert/strict";
import type { TracedCall } from "../../kernel/contract/powers.ts";
import { callTracer, denoTracer, type OtelTracer } from "../../kernel/powers_deno_tracer.ts";

interface Span {
  readonly name: string;
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly attributes: Record<string, string | number>;
  status?: unknown;
  ends: number;
}

/** Numbers traces and spans as they come. */
function scriptedOtel(): { tracer: OtelTracer; spans: Span[] } {
  const spans: Span[] = [];
  const tracer: OtelTracer = {
    startSpan(name, { root, attributes }, context) {
      const key = Symbol.for("OpenTelemetry Context Key SPAN");
      const parent = context?.getValue(key) as ReturnType<OtelTracer["startSpan"]> | undefined;
      assert.equal(root === true, parent === undefined);
      const above = parent?.spanContext();
      const id = String(spans.length + 1).padStart(16, "0");
      const trace = above?.traceId ?? String(spans.length + 1).padStart(32, "0");
      const span: Span = { name, trace, id, parent: above?.spanId, attributes: { ...attributes }, ends: 0 };
      spans.push(span);
      return {
        spanContext: () => ({ traceId: trace, spanId: id, traceFlags: 1 }),
        setAttribute: (key, value) => span.attributes[key] = value,
        setStatus: (status) => span.status = status,
        end: () => void span.ends++,
      };
    },
  };
  return { tracer, spans };
}

const call = (more: Partial<TracedCall>): { -readonly [K in keyof TracedCall]: TracedCall[K] } => ({
  api: "notes",
  aspect: "default",
  name: "add",
  kind: "call",
  caller: { api: "writer", principal: "console" },
  trace: `00-${"f".repeat(32)}-${"1".repeat(16)}-01`,
  parent: undefined,
  ...more,
});

Deno.test("callTracer makes one tree of a tree of calls, and gives each call the context of its span", () => {
  const { tracer, spans } = scriptedOtel();
  const traced = callTracer(tracer);
  const root = call({});
  root.trace = traced.began(root);
  const child = call({ name: "save", parent: root });
  child.trace = traced.began(child);
  const grandchild = call({ api: "database", name: "execute", parent: child });
  grandchild.trace = traced.began(grandchild);
  assert.deepEqual(spans.map(({ name, parent }) => [name, parent]), [
    ["notes.add", undefined],
    ["notes.save", spans[0]!.id],
    ["database.execute", spans[1]!.id],
  ]);
  assert.deepEqual(new Set(spans.map(({ trace }) => trace)).size, 1);
  assert.deepEqual(
    [root, child, grandchild].map(({ trace }) => trace),
    spans.map(({ trace, id }) => `00-${trace}-${id}-01`),
  );
});

Deno.test("callTracer says who called what, with which fault it ended, and ends each span", () => {
  const { tracer, spans } = scriptedOtel();
  const traced = callTracer(tracer);
  const [good, bad] = [call({}), call({ aspect: "tool", kind: "get" })];
  for (const one of [good, bad]) traced.began(one);
  traced.answered(good, undefined);
  traced.answered(bad, undefined); // its first piece was well
  traced.answered(bad, "module_killed");
  for (const one of [good, bad]) traced.ended(one);
  assert.deepEqual(spans[0], {
    ...{ name: "notes.add", trace: spans[0]!.trace, id: spans[0]!.id, parent: undefined, ends: 1 },
    attributes: {
      "rpc.system": "meta-machine",
      "rpc.service": "notes",
      "rpc.method": "add",
      "meta_machine.caller": "writer",
      "meta_machine.principal": "console",
    },
  });
  assert.deepEqual(spans[1]!.status, { code: 2, message: "module_killed" });
  const { "error.type": error, "meta_machine.aspect": aspect, "meta_machine.kind": kind } = spans[1]!.attributes;
  assert.deepEqual([error, aspect, kind, spans[1]!.ends], ["module_killed", "tool", "get", 1]);
});

Deno.test("callTracer puts a call whose parent has ended under the root of its tree, and believes no trace it has not made", () => {
  const { tracer, spans } = scriptedOtel();
  const traced = callTracer(tracer);
  const root = call({});
  root.trace = traced.began(root);
  traced.ended(root);
  traced.began(call({ name: "late", trace: root.trace }));
  traced.began(call({ name: "liar" }));
  assert.deepEqual(spans.map(({ name, parent }) => [name, parent]), [
    ["notes.add", undefined],
    ["notes.late", spans[0]!.id],
    ["notes.liar", undefined],
  ]);
});

Deno.test("denoTracer gives nothing where OpenTelemetry is not on", () => {
  assert.equal(denoTracer(), undefined);
});
