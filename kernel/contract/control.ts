/**
 * The command line and the kernel: the same frames as on the cells' wire (contract/wire.ts), other headers; payloads are plain data as
 * value_codec.ts writes it. Who can open the socket (0700 folder) is the operator.
 */

// deno-fmt-ignore
export type ControlRequest =
  | { readonly t: "request"; readonly id: number; readonly verb: ControlVerb; readonly more?: true } // payload: the verb's params
  | { readonly t: "piece"; readonly id: number; readonly more?: true }
  | { readonly t: "cancel"; readonly id: number };

// deno-fmt-ignore
export type ControlAnswer =
  | { readonly t: "answer"; readonly id: number; readonly ok: boolean; readonly more?: true } // payload: value, or Fault
  | { readonly t: "item"; readonly id: number; readonly more?: true }                         // one of a stream
  | { readonly t: "piece"; readonly id: number; readonly more?: true };

/** Params and answers of each verb. Streams send items until cancelled or the host ends; then an answer. */
export interface ControlVerbs {
  status: { params: { api?: string }; answer: import("./status.ts").HostStatus };
  call: { params: { api: string; method: string; args: readonly unknown[]; aspect?: string }; answer: unknown };
  /** `principal`: only what a conversation of that one may call. */
  tools: { params: { api?: string; principal?: string }; answer: readonly import("./tool_spec.ts").ListedTool[] };
  /** A tool by its name, asked for in a principal's name and with its authority alone. Answer: what the tool gave. */
  tool: {
    params: { principal: string; tool: string; params?: Readonly<Record<string, unknown>> };
    answer: unknown;
  };
  /** Items: LogRecord. Answer: null. */
  logs: { params: FeedParams & { level?: LogRecord["level"] }; answer: null };
  /** Items: LoggedEvent. Answer: null. */
  events: { params: FeedParams; answer: null };
  reload: { params: { api: string }; answer: { api: string; reloaded: true } };
  enable: { params: { api: string }; answer: { api: string; files: readonly string[] } };
  disable: { params: { api: string }; answer: { api: string; files: readonly string[] } };
  "quarantine lift": { params: { api: string }; answer: { api: string; state: string } };
  /** By api; of one api first the kept state, then the one set aside. */
  "state list": { params: Record<string, never>; answer: readonly ListedState[] };
  /** `kept`, `set_aside`: there was such a state. `reloaded`: a newer version that had been refused runs now, and began empty. */
  "state drop": {
    params: { api: string };
    answer: { api: string; kept: boolean; set_aside: boolean; reloaded: boolean };
  };
  /** Calls of models that wait for the operator's yes, in the order in which they were asked. */
  approvals: { params: Record<string, never>; answer: readonly ListedApproval[] };
  approve: { params: { id: string }; answer: ListedApproval };
  deny: { params: { id: string }; answer: ListedApproval };
  /** The token is told this once. */
  "token new": { params: { principal: string }; answer: ListedToken & { readonly token: string } };
  "token list": { params: Record<string, never>; answer: readonly ListedToken[] };
  "token revoke": { params: { id: string }; answer: ListedToken };
  /** Changes that modules want, the newest first. */
  proposals: { params: Record<string, never>; answer: readonly import("./proposal.ts").ListedProposal[] };
  "proposals show": { params: { id: string }; answer: import("./proposal.ts").Proposal };
  /** Answered when it runs. */
  adopt: { params: { id: string }; answer: import("./proposal.ts").Proposal };
  reject: { params: { id: string }; answer: import("./proposal.ts").Proposal };
  /** The latest adopted change of that api is taken back. */
  rollback: { params: { api: string }; answer: import("./proposal.ts").Proposal };
  /** Answered when the kernel of the program as it now stands on disk leads. */
  upgrade: {
    params: Record<string, never>;
    answer: { from: { version: string; epoch: number }; to: { epoch: number } };
  };
  /** Answered before the host ends. */
  stop: { params: Record<string, never>; answer: { stopping: true } };
  ping: { params: Record<string, never>; answer: { pid: number; epoch: number; version: string; config: string } };
}
export type ControlVerb = keyof ControlVerbs;

/** A model asks for a tool, and waits. */
export interface ListedApproval {
  readonly id: string;
  readonly tool: string;
  readonly api: string;
  /** In whose name it asks. */
  readonly principal: string;
  /** The params as they came, in JSON; clipped where they are long. */
  readonly params: string;
  /** What the tool says of itself. */
  readonly readOnly: boolean;
  readonly destructive: boolean;
  readonly waited_s: number;
}

/** Whoever shows this token acts as its principal. */
export interface ListedToken {
  readonly id: string;
  readonly principal: string;
  /** ISO 8601. */
  readonly created: string;
}

/** A state that a module left for its next instance, or one that no instance could take. */
export interface ListedState {
  readonly api: string;
  readonly bytes: number;
  /** When it was written, ISO 8601. */
  readonly time: string;
  readonly set_aside: boolean;
  /** Why it was set aside. */
  readonly why?: string;
}

/** Which records of a log, and whether also those to come. What the kernel leaves out does not travel. */
export interface FeedParams {
  api?: string;
  follow: boolean;
  /** The latest so many of the past. With `after` all of them. */
  lines: number;
  /** Text that is in the record, in whichever capitals. */
  grep?: string;
  /** Not older: ISO 8601, as records have it. */
  since?: string;
  /** Those that stand after this one (`LogRecord.id`): what a reader says to the next kernel when his died. */
  after?: string;
}

/** One line of `runtime/logs/host.jsonl`. */
export interface LogRecord {
  readonly time: string;
  readonly level: "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";
  /** Which module, or "kernel" / "watchdog". */
  readonly api: string;
  readonly message: string;
  /** Where it stands in its log (primitives/record_id.ts). */
  readonly id?: string;
}
