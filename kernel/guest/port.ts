/**
 * Between a cell's shell (host code, main thread) and one module Worker: messages over a private MessagePort that exists before the module's
 * code. Both sides collect what they have to say in one turn of the loop and post it as one batch (port_batch.ts). Payloads are the wire's opaque
 * spans (primitives/value_codec.ts): only the Worker encodes and decodes them.
 */
import type { Fault, FaultCode } from "../contract/fault.ts";
import type { Limits } from "../contract/limits.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { RunningMark } from "./running_mark.ts";
import type { Caller, CallKind, FailPhase, Lends, Payload, StateMethods, StreamWord } from "../contract/wire.ts";

/** Of a Worker that is made before there is a module for it; the rest is the first message on the port. */
export interface BlankInit {
  readonly port: MessagePort;
}

/** The first and only message on the Worker's global scope; carries the port. */
export interface WorkerInit {
  readonly port: MessagePort;
  readonly mark: RunningMark;
  readonly api: string;
  readonly own: Readonly<Record<string, unknown>>;
  /** The module's bundle. */
  readonly code: string;
  /** Granted packages: name and ES text, in the order in which they are evaluated. */
  readonly libraries: readonly (readonly [name: string, text: string])[];
  /** Evaluated on demand for the tool aspect: the JSON Schema validator's ES text. */
  readonly validator: string;
  readonly builtins: readonly string[];
  readonly home: string;
  /** Relative to the home. */
  readonly folders: readonly { readonly path: string; readonly mode: "r" | "rw" }[];
  readonly listen: readonly string[];
  /** Whether the module has `fetch` (a call to the `http` service). */
  readonly fetch: boolean;
  readonly wasm: boolean;
  readonly limits: Limits;
  /** Granted names of `kernel.*`. */
  readonly kernel: readonly string[];
}

/** Words about streams, as on the wire; `id` is the number by which the Worker knows the call: its own for one it made, the shell's for one it serves. */
export type PortStreamWord =
  | Extract<StreamWord, { t: "pull" | "stop" }>
  | Extract<StreamWord, { t: "items" | "end" }> & { readonly payload: Payload };

// deno-fmt-ignore
export type ToWorker =
  | { readonly t: "run" }
  | { readonly t: "shutdown" }
  /** Answered by `state`. */
  | { readonly t: "export"; readonly id: number }
  | { readonly t: "import"; readonly id: number; readonly from: string; readonly payload: Payload }
  /** Serve this call; `id` is the shell's own number for it, `ms` the time it has, `made` the Worker's own call with which a function was lent. */
  | { readonly t: "call"; readonly id: number; readonly aspect: string; readonly name: string; readonly kind: CallKind; readonly caller: Caller;
      readonly trace: string; readonly ms: number; readonly streams: number; readonly made?: number; readonly payload: Payload }
  | { readonly t: "reply"; readonly id: number; readonly ok: boolean; readonly live: boolean; readonly code?: FaultCode; readonly streams: number;
      readonly payload: Payload }
  /** The caller gave up, or the deadline has passed: abort what serves this call; its reply is no longer wanted. */
  | { readonly t: "cancel"; readonly id: number }
  | PortStreamWord
  | { readonly t: "ping"; readonly seq: number }
  /** Collect garbage, and give back what is free. */
  | { readonly t: "release" };

// deno-fmt-ignore
export type FromWorker =
  | { readonly t: "ready"; readonly tools: readonly ToolSpec[]; readonly has_run: boolean; readonly state?: StateMethods }
  | { readonly t: "failed"; readonly phase: FailPhase; readonly fault: Fault; readonly stack?: string }
  | { readonly t: "ended"; readonly what: "run" | "shutdown" }
  /** The state, nothing (after an import), or a Fault. */
  | { readonly t: "state"; readonly id: number; readonly ok: boolean; readonly payload: Payload }
  /** A call by the module; `id` counts up for the life of the Worker; `parent` is the id of the served call it is made for. */
  | { readonly t: "call"; readonly id: number; readonly parent?: number; readonly api: string; readonly aspect: string; readonly name: string;
      readonly kind: CallKind; readonly timeout?: number; readonly trace?: string; readonly lends?: Lends; readonly payload: Payload }
  | { readonly t: "reply"; readonly id: number; readonly ok: boolean; readonly code?: FaultCode; readonly streams: number; readonly payload: Payload }
  | { readonly t: "cancel"; readonly id: number }
  | PortStreamWord
  /** A function kept by name is taken back. */
  | { readonly t: "revoke"; readonly name: string }
  | { readonly t: "log"; readonly level: "DEBUG" | "INFO" | "WARNING" | "ERROR"; readonly text: string }
  /** So many lines of its log never left the Worker: they were beyond limits.log_lines_per_s. */
  | { readonly t: "dropped"; readonly lines: number }
  | { readonly t: "pong"; readonly seq: number; readonly active_tasks: number; readonly timers?: number; readonly error_count: number; readonly last_error_time: number | null }
  /** A timer is about to run a callback: the guard wakes up. */
  | { readonly t: "awake" }
  | { readonly t: "limit"; readonly limit: string; readonly found: number; readonly allowed: number };
