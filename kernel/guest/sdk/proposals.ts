/** Changes that modules propose, judge and put into effect: types only. */

/** What was looked at, whether it passed, and what there is to say. */
export interface ProposalFinding {
  readonly check: string;
  readonly passed: boolean;
  readonly said: string;
}

/** What is to be tried of a proposal. */
export interface ShadowRequest {
  readonly id: string;
  /** Default: the candidate. */
  readonly which?: "candidate" | "predecessor";
  readonly calls?: readonly { readonly method: string; readonly args?: readonly unknown[]; readonly aspect?: string }[];
  readonly answers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly each_ms?: number;
}

/** What came of it, an outcome for each call. */
export interface ShadowOutcome {
  readonly tools: readonly string[];
  readonly outcomes: readonly {
    readonly ok: boolean;
    readonly value?: unknown;
    readonly fault?: { readonly code: string; readonly message: string };
    readonly ms: number;
  }[];
}

/** A change that a module proposes. */
export interface ProposedChange {
  readonly api: string;
  /** What it is for, for the one who decides. */
  readonly objective: string;
  /** Which model wrote it, where one did. */
  readonly model?: string;
  readonly source?: string | readonly { readonly path: string; readonly text: string }[];
  /** The whole file. */
  readonly config?: string;
  readonly prompt?: { readonly name: string; readonly text: string };
  /** Calls that the candidate passes, in values that JSON has: they show what is meant, and are no proof. */
  readonly tests?: readonly {
    readonly method: string;
    readonly args?: readonly unknown[];
    readonly aspect?: string;
    readonly expect: unknown;
  }[];
}

/** How much of the calls a candidate is given, and for how long. */
export interface ShareRequest {
  readonly id: string;
  readonly percent: number;
  readonly ms: number;
}

/** What one side did with its calls. */
export interface ShareSide {
  readonly calls: number;
  readonly faults: number;
  readonly p99_ms: number | null;
}

export interface ShareOutcome {
  readonly candidate: ShareSide;
  readonly current: ShareSide;
}
