/**
 * The wire between kernel and cells, as one union on one screen.
 *
 * A frame is: 4 bytes length (big-endian, of what follows), 1 byte type, 4 bytes length of the headers, the headers as
 * one JSON array, then the payloads one after the other. Each header may say `n`, the bytes of its payload. A payload is a
 * span that the kernel forwards without looking; only the payloads marked [kernel] are read by it.
 *
 * A message whose payload exceeds WIRE.chunk_bytes travels as its first piece with `more`, then as `piece` messages with the
 * same id; they are put together by the receiver.
 */
import type { CallKey, CellId, InstanceId } from "./names.ts";
import type { FaultCode } from "./fault.ts";

/** Payload length in bytes, and whether pieces follow. */
interface Carries {
  readonly n?: number;
  readonly more?: true;
}

/** Whose call it is; stamped by the kernel, never read from a payload. */
export interface Caller {
  readonly api: string;
  readonly principal: string;
}

/** What a piece continues. */
export type PieceOf = "call" | "reply" | "load" | "vet" | "vetted";

// deno-fmt-ignore
/** From a cell: a rumour until parsed by parse_cell_message.ts. */
export type CellMessage =
  | { readonly t: "attach"; readonly cell: CellId; readonly incarnation: string; readonly proof: string; readonly pid: number }
  | { readonly t: "report" } & Carries                                          // [kernel] CellReport: what runs here, which keys are held
  | { readonly t: "loaded"; readonly instance: InstanceId } & Carries           // [kernel] { tools: ToolSpec[], run: boolean }
  | { readonly t: "failed"; readonly instance: InstanceId; readonly phase: FailPhase } & Carries // [kernel] Fault
  | { readonly t: "ended"; readonly instance: InstanceId; readonly what: "run" | "shutdown" | "worker" }
  | { readonly t: "call"; readonly id: number; readonly from: InstanceId; readonly parent?: number; readonly api: string; readonly aspect: string;
      readonly name: string; readonly kind: CallKind; readonly timeout?: number; readonly trace?: string; readonly again?: true } & Carries
  | { readonly t: "reply"; readonly id: number; readonly ok: boolean; readonly code?: FaultCode } & Carries
  | { readonly t: "piece"; readonly of: PieceOf; readonly id: number } & Carries
  | { readonly t: "cancel"; readonly id: number }
  | { readonly t: "ack"; readonly ids: readonly (readonly [number, number])[] } // answers received, as ranges
  | { readonly t: "credit"; readonly bytes: number; readonly messages: number }
  | { readonly t: "figures" } & Carries                                         // [kernel] CellFigures
  | { readonly t: "dying"; readonly instance?: InstanceId; readonly limit: string; readonly found: number; readonly allowed: number }
  | { readonly t: "vetted"; readonly id: number; readonly ok: boolean } & Carries // [kernel] VetAnswer, or a Fault
  | { readonly t: "fence" }; // no new root calls on this link

// deno-fmt-ignore
/** From the kernel. */
export type KernelMessage =
  | { readonly t: "nonce"; readonly nonce: string; readonly epoch: number }
  | { readonly t: "welcome"; readonly epoch: number }                           // only this attaches
  | { readonly t: "load"; readonly id: number; readonly instance: InstanceId } & Carries // LoadOrder
  | { readonly t: "run"; readonly instance: InstanceId }
  | { readonly t: "shutdown"; readonly instance: InstanceId; readonly ms: number }
  | { readonly t: "unload"; readonly instance: InstanceId }
  | { readonly t: "call"; readonly id: number; readonly key: CallKey; readonly to: InstanceId; readonly aspect: string; readonly name: string;
      readonly kind: CallKind; readonly caller: Caller; readonly trace: string; readonly ms: number; readonly depth: number } & Carries
  | { readonly t: "reply"; readonly id: number; readonly ok: boolean; readonly live: boolean; readonly code?: FaultCode } & Carries
  | { readonly t: "piece"; readonly of: PieceOf; readonly id: number } & Carries
  | { readonly t: "cancel"; readonly id: number }
  | { readonly t: "ack"; readonly keys: readonly CallKey[] }                    // the callers have these answers
  | { readonly t: "credit"; readonly bytes: number; readonly messages: number }
  | { readonly t: "ask" }                                                       // figures, please
  | { readonly t: "vet"; readonly id: number } & Carries                        // VetOrder
  | { readonly t: "newer" }                                                     // a successor listens: attach to it too
  | { readonly t: "bye" }; // the host stops: end

/** `call` calls a method, `get` reads a plain attribute. */
export type CallKind = "call" | "get";
/** Where a module failed: constructing it, in its run task, by an uncaught error, or its Worker vanished. */
export type FailPhase = "load" | "run" | "uncaught" | "vanished" | "shutdown";

/** Fields of names in headers; longer ones are a lie. */
export const HEADER_BOUNDS = Object.freeze({
  api: 160,
  aspect: 64,
  name: 128,
  trace: 128,
  incarnation: 64,
  proof: 128,
});

/** [kernel] What a cell says after its welcome. */
export interface CellReport {
  readonly instances: readonly {
    readonly instance: InstanceId;
    readonly api: string;
    /** PlannedModule.hash of what runs there. */
    readonly hash: string;
    readonly phase: "loading" | "ready" | "running" | "shutting_down" | "failed";
    readonly started_at: number;
    readonly has_run: boolean;
    readonly tools: readonly unknown[];
  }[];
  /** Calls that run here or whose answer is kept here: the same key must come back to this cell. */
  readonly holds: readonly CallKey[];
}

/** [kernel] Figures of a cell and its modules. Memory in bytes, CPU in milliseconds since the cell's start. */
export interface CellFigures {
  readonly rss: number;
  readonly cpu_ms: number;
  readonly instances: readonly {
    readonly instance: InstanceId;
    readonly active_tasks: number;
    readonly error_count: number;
    readonly last_error_time: number | null;
  }[];
}

/** Payload of `load`, for the shell. */
export interface LoadOrder {
  readonly api: string;
  readonly hash: string;
  /** The bundle that the vet cell answered. */
  readonly code: string;
  readonly own: Readonly<Record<string, unknown>>;
  readonly packages: readonly string[];
  readonly builtins: readonly string[];
  /** Absolute home, for the `files` builtin and the Worker's own read and write. */
  readonly home: string;
  readonly folders: readonly { readonly path: string; readonly mode: "r" | "rw" }[];
  readonly net: readonly string[];
  readonly listen: readonly string[];
  readonly wasm: boolean;
  readonly limits: import("./limits.ts").Limits;
  /** Names of `kernel.*` that were granted, for early refusals; the kernel checks again. */
  readonly kernel: readonly string[];
}

/** Payload of `vet`. */
export interface VetOrder {
  readonly api: string;
  readonly entry: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly packages: readonly string[];
  readonly builtins: readonly string[];
  /** For tests: the class gets a method of this name, which gives how often each line ran. */
  readonly counts?: string;
}
/** [kernel] Payload of `vetted` when ok: one ES text whose only imports are `meta-machine`, granted packages and builtins. */
export interface VetAnswer {
  readonly code: string;
}
