/**
 * The wire between kernel and cells, as one union on one screen.
 *
 * A frame is: 4 bytes length (big-endian, of what follows), 1 byte type, 4 bytes length of the headers, then the headers as one JSON array whose first
 * entry lists the sizes of the payloads, then the payloads one after the other. A payload is a span that the kernel forwards without looking; only the payloads marked [kernel] are read by it. Most payloads are JSON
 * text and travel in frames of text (type 2); one that carries bytes goes in a frame of bytes (type 1). primitives/frame_layout.ts has the numbers.
 *
 * A message of PieceOf whose payload exceeds WIRE.chunk_bytes travels as its first piece with `more`, then as `piece` messages with the
 * same id; they are put together by the receiver. All others go in one frame. The messages of every call have a short form, an array of their fields (primitives/short_form.ts).
 *
 * What belongs to a call (pieces, cancel, items of its streams) bears the number by which the two ends of the link know that call: the caller's own
 * on the caller's link, the kernel's on the callee's. `at` says at which end of the call the cell of this link sits.
 */
import type { CallKey, CellId, InstanceId } from "./names.ts";
import type { FaultCode } from "./fault.ts";

/** What a message carries: text, or what carries bytes (primitives/value_codec.ts). */
export type Payload = string | Uint8Array;

/** It has a payload; `more`: pieces follow. */
interface Carries {
  readonly more?: true;
}

/** Whose call it is; stamped by the kernel, never read from a payload. */
export interface Caller {
  readonly api: string;
  readonly principal: string;
}

/** What a piece continues. */
export type PieceOf = "call" | "reply" | "load" | "vet" | "vetted" | "import" | "state";

/** At which end of a call a cell sits. */
export type CallEnd = "caller" | "callee";

/**
 * A stream belongs to a call, whose two ends number it: `no` counts the streams among the arguments where the caller produces, and those of the result
 * where the callee does. Items leave only as far as the consumer has pulled: `upto` is how many it will have taken in all.
 */
export type StreamWord =
  | { readonly t: "items"; readonly at: CallEnd; readonly id: number; readonly no: number; readonly count: number }
    & Carries // payload: a list of items
  | { readonly t: "end"; readonly at: CallEnd; readonly id: number; readonly no: number; readonly code?: FaultCode }
    & Carries // by its producer; payload: a Fault, with `code`
  | {
    readonly t: "pull";
    readonly at: CallEnd;
    readonly id: number;
    readonly no: number;
    readonly upto: number;
    readonly bytes: number;
  }
  | { readonly t: "stop"; readonly at: CallEnd; readonly id: number; readonly no: number }; // by its consumer

// deno-fmt-ignore
/** From a cell: a rumour until parsed by parse_cell_message.ts. */
export type CellMessage =
  | { readonly t: "attach"; readonly cell: CellId; readonly incarnation: string; readonly proof: string; readonly pid: number }
  | { readonly t: "report" } & Carries                                          // [kernel] CellReport: what runs here, which keys are held
  | { readonly t: "loaded"; readonly instance: InstanceId } & Carries           // [kernel] { tools: ToolSpec[], run: boolean, state?: StateMethods }
  | { readonly t: "failed"; readonly instance: InstanceId; readonly phase: FailPhase } & Carries // [kernel] Fault
  | { readonly t: "ended"; readonly instance: InstanceId; readonly what: "run" | "shutdown" | "worker" }
  | { readonly t: "call"; readonly id: number; readonly from: InstanceId; readonly parent?: number; readonly api: string; readonly aspect: string;
      readonly name: string; readonly kind: CallKind; readonly timeout?: number; readonly trace?: string; readonly again?: true; readonly resaid?: true;
      readonly lends?: Lends } & Carries
  | { readonly t: "reply"; readonly id: number; readonly ok: boolean; readonly code?: FaultCode; readonly streams?: number } & Carries
  | { readonly t: "piece"; readonly of: PieceOf; readonly id: number } & Carries
  | { readonly t: "cancel"; readonly id: number }
  | StreamWord
  | { readonly t: "revoke"; readonly from: InstanceId; readonly name: string }   // a function kept by name is taken back
  | { readonly t: "lend"; readonly from: InstanceId; readonly names: readonly string[]; readonly api: string } // to it, by a call that another kernel has
  | { readonly t: "ack"; readonly ids: readonly (readonly [number, number])[] } // answers received, as ranges
  | { readonly t: "credit"; readonly bytes: number; readonly messages: number }
  | { readonly t: "figures" } & Carries                                         // [kernel] CellFigures
  | { readonly t: "dying"; readonly instance?: InstanceId; readonly limit: string; readonly found: number; readonly allowed: number } & Carries // [kernel] LastWords
  | { readonly t: "limit"; readonly instance: InstanceId; readonly limit: keyof import("./limits.ts").Limits; readonly found: number;
      readonly allowed: number }                                                // it hit a limit, and goes on
  | { readonly t: "vetted"; readonly id: number; readonly ok: boolean } & Carries // [kernel] VetAnswer, or a Fault
  | { readonly t: "state"; readonly id: number; readonly ok: boolean } & Carries // answers `export` (the state) and `import` (nothing); [kernel] a Fault
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
  | { readonly t: "export"; readonly id: number; readonly instance: InstanceId } // answered by `state`
  | { readonly t: "import"; readonly id: number; readonly instance: InstanceId; readonly from: string } & Carries // the state
  | { readonly t: "call"; readonly id: number; readonly key: CallKey; readonly to: InstanceId; readonly aspect: string; readonly name: string;
      readonly kind: CallKind; readonly caller: Caller; readonly trace: string; readonly ms: number; readonly depth: number; readonly streams?: number;
      readonly made?: number } & Carries // `made`: of a function that was lent with that call of this cell's
  | { readonly t: "reply"; readonly id: number; readonly ok: boolean; readonly live: boolean; readonly code?: FaultCode; readonly streams?: number } & Carries
  | { readonly t: "piece"; readonly of: PieceOf; readonly id: number } & Carries
  | { readonly t: "cancel"; readonly id: number }
  | { readonly t: "resay"; readonly id: number }                                // of a call whose callee died before it began: answered by the call, `resaid`
  | { readonly t: "hand_back"; readonly id: number }                            // of a call that never left this kernel: it is for the newest one
  | StreamWord
  | { readonly t: "ack"; readonly of: string; readonly ids: readonly (readonly [number, number])[] } // that caller has these answers
  | { readonly t: "credit"; readonly bytes: number; readonly messages: number }
  | { readonly t: "ask" }                                                       // figures, please
  | { readonly t: "vet"; readonly id: number } & Carries                        // VetOrder
  | { readonly t: "newer" }                                                     // a successor listens: attach to it too
  | { readonly t: "bye" }; // the host stops: end

/** What a call lends to its callee beside plain data, as its header says it. */
export interface Lends {
  /** Functions among the arguments, numbered from 0: callable until the call ends. */
  readonly functions?: number;
  /** Functions kept by name: callable until they are revoked. */
  readonly kept?: readonly string[];
  /** Streams among the arguments, numbered from 0. */
  readonly streams?: number;
  /** The call acts under the grants of the caller whom it serves, cut with its own. */
  readonly as_caller?: true;
  /** A token: the call acts under the grants of the principal to whom it was given. */
  readonly bearer?: string;
}

/**
 * `call` calls a method, `get` reads a plain attribute. Back to a caller: `lent` calls a function among the arguments of the call being served (`name` is
 * its number), `kept` one that the module `api` keeps by name.
 */
export type CallKind = "call" | "get" | "lent" | "kept";
/** Where a module failed: constructing it, in its run task, by an uncaught error, or its Worker vanished. */
export type FailPhase = "load" | "run" | "uncaught" | "vanished" | "shutdown";

/** Which of `exportState` and `importState` a module has; one that has neither does not say. */
export type StateMethods = "export" | "import" | "both";

/** Fields of names in headers; longer ones are a lie. */
export const HEADER_BOUNDS = Object.freeze({
  api: 160,
  aspect: 64,
  name: 128,
  /** Names of functions that one call lends for longer. */
  kept: 16,
  bearer: 96,
  trace: 128,
  incarnation: 64,
  proof: 128,
});

/** A function that a module keeps lent, and the apis to which. */
export interface ReportedLoan {
  readonly name: string;
  readonly to: readonly string[];
}

/** How many of them a report tells for one instance: names, and borrowers of each. */
export const LOANS = Object.freeze({ names: 256, borrowers: 64 });

/** [kernel] What a cell says after its welcome. */
export interface CellReport {
  readonly instances: readonly {
    readonly instance: InstanceId;
    readonly api: string;
    /** PlannedModule.hash of what runs there. */
    readonly hash: string;
    readonly version?: string;
    readonly phase: "loading" | "ready" | "running" | "shutting_down" | "failed";
    readonly started_at: number;
    readonly has_run: boolean;
    readonly tools: readonly unknown[];
    readonly state?: StateMethods;
    /** It was loaded to be given a state and has not taken one: whoever took it over as it is would lose that state. */
    readonly awaits_state?: true;
    /** Functions that it keeps lent by name. */
    readonly kept?: readonly ReportedLoan[];
  }[];
  /** Calls that run here or whose answer is kept here: the same key must come back to this cell. */
  readonly holds: readonly CallKey[];
}

/** [kernel] Of an instance with which its cell could not go on. Numbers are the kernel's own. */
export interface LastWords {
  /** The call whose code was running. */
  readonly running?: number;
  /** Calls that had come and not begun. */
  readonly spared: readonly number[];
}

/** [kernel] Figures of a cell and its modules. Memory in bytes, CPU in milliseconds since the cell's start. */
export interface CellFigures {
  readonly rss: number;
  /** Of a core, what the modules' threads used lately; where it is measured. */
  readonly cpu_percent?: number;
  readonly cpu_ms: number;
  readonly instances: readonly {
    readonly instance: InstanceId;
    readonly active_tasks: number;
    /** Timers that are set. */
    readonly timers?: number;
    readonly error_count: number;
    readonly last_error_time: number | null;
  }[];
}

/** Payload of `load`, for the shell. */
export interface LoadOrder {
  readonly api: string;
  readonly hash: string;
  /** Of its config file; said again in the report. */
  readonly version?: string;
  /** The bundle that the vet cell answered. */
  readonly code: string;
  readonly own: Readonly<Record<string, unknown>>;
  readonly packages: readonly string[];
  /** Texts of those packages that the home has and the program has not, as the kernel checked them. */
  readonly own_packages?: readonly (readonly [name: string, text: string])[];
  readonly builtins: readonly string[];
  /** Absolute home, for the `files` builtin and the Worker's own read and write. */
  readonly home: string;
  readonly folders: readonly { readonly path: string; readonly mode: "r" | "rw" }[];
  readonly net: readonly string[];
  /** Its Worker may connect to any address: the shipped http service. */
  readonly any_net?: true;
  readonly listen: readonly string[];
  readonly wasm: boolean;
  readonly limits: import("./limits.ts").Limits;
  /** Names of `kernel.*` that were granted, for early refusals; the kernel checks again. */
  readonly kernel: readonly string[];
  /** A state follows, should the module have `importState`. */
  readonly awaits_state?: true;
}

/** Payload of `vet`. */
export interface VetOrder {
  readonly api: string;
  readonly entry: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly packages: readonly string[];
  readonly builtins: readonly string[];
  /** The file that grants them, for refusals. */
  readonly config?: string;
  /** For tests: the class gets a method of this name, which gives how often each line ran. */
  readonly counts?: string;
}
/** [kernel] Payload of `vetted` when ok: one ES text whose only imports are `meta-machine`, granted packages and builtins. */
export interface VetAnswer {
  readonly code: string;
}
