/**
 * Calls as spans, by the runtime's own OpenTelemetry, which `OTEL_DENO=true` turns on; it exports them itself, so this process needs no network. The
 * runtime chooses the ids: a call bears the trace context of its span from then on.
 */
import type { CallTracer, TracedCall } from "./contract/powers.ts";

/** What is used of OpenTelemetry's interface. */
export interface OtelTracer {
  startSpan(
    name: string,
    options: { root?: true; kind: number; attributes: Readonly<Record<string, string | number>> },
    context?: OtelContext,
  ): OtelSpan;
}
export interface OtelSpan {
  spanContext(): SpanContext;
  setAttribute(name: string, value: string): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}
interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}
interface OtelContext {
  getValue(key: symbol): unknown;
  setValue(): OtelContext;
  deleteValue(): OtelContext;
}

const SPAN_KEY = Symbol.for("OpenTelemetry Context Key SPAN");
const KIND_SERVER = 1;
const STATUS_ERROR = 2;
/** Trees whose root is remembered for calls that a module makes after it has answered: their own parent is gone from the ledger. */
const ROOTS_REMEMBERED = 10_000;

/** Undefined when tracing is not on: then a call costs nothing. */
export function denoTracer(): CallTracer | undefined {
  const provider = (Deno as { telemetry?: { tracerProvider: { getTracer(name: string): OtelTracer } } }).telemetry
    ?.tracerProvider;
  if (provider === undefined) return undefined;
  const tracer = provider.getTracer("meta-machine");
  try {
    tracer.startSpan("", { root: true, kind: KIND_SERVER, attributes: {} }); // is never ended, and so never exported
  } catch {
    return undefined; // "otel not initialized"
  }
  return callTracer(tracer);
}

/** Spans of calls: each is a child of its parent's, so that a tree of calls is one tree of spans. */
export function callTracer(tracer: OtelTracer): CallTracer {
  const spans = new WeakMap<TracedCall, OtelSpan>();
  const roots = new Map<string, SpanContext>();

  const start = (call: TracedCall): OtelSpan => {
    const { api, name } = call;
    const options = { kind: KIND_SERVER, attributes: attributesOf(call) };
    const parent = (call.parent && spans.get(call.parent)) ?? rootOf(call.trace);
    if (parent !== undefined) return tracer.startSpan(`${api}.${name}`, options, contextOf(parent));
    const span = tracer.startSpan(`${api}.${name}`, { ...options, root: true });
    const context = span.spanContext();
    roots.set(context.traceId, context);
    if (roots.size > ROOTS_REMEMBERED) roots.delete(roots.keys().next().value!);
    return span;
  };
  const rootOf = (trace: string): Pick<OtelSpan, "spanContext"> | undefined => {
    const context = roots.get(trace.slice(3, 35));
    return context && { spanContext: () => context };
  };

  return {
    began(call) {
      const span = start(call);
      spans.set(call, span);
      const { traceId, spanId, traceFlags } = span.spanContext();
      return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
    },
    answered(call, code) {
      if (code === undefined) return;
      const span = spans.get(call);
      span?.setAttribute("error.type", code);
      span?.setStatus({ code: STATUS_ERROR, message: code });
    },
    ended: (call) => spans.get(call)?.end(),
  };
}

/** OpenTelemetry's names where it has some. */
function attributesOf({ api, aspect, name, kind, caller }: TracedCall): Record<string, string> {
  return {
    "rpc.system": "meta-machine",
    "rpc.service": api,
    "rpc.method": name,
    "meta_machine.caller": caller.api,
    "meta_machine.principal": caller.principal,
    ...(aspect !== "default" && { "meta_machine.aspect": aspect }),
    ...(kind !== "call" && { "meta_machine.kind": kind }),
  };
}

function contextOf(span: Pick<OtelSpan, "spanContext">): OtelContext {
  const context: OtelContext = {
    getValue: (key) => key === SPAN_KEY ? span : undefined,
    setValue: () => context,
    deleteValue: () => context,
  };
  return context;
}
