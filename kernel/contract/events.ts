/** Everything observable is one union: the event log (`runtime/logs/events.jsonl`) and `events -f`. */
import type { PlainMap } from "./plain.ts";

export const EVENT_KINDS = [
  "config.changed",
  "config.rejected",
  "module.starting",
  "module.ready",
  "module.reloaded",
  "module.stopped",
  "module.failed",
  "module.killed",
  "module.quarantined",
  "module.sleeping",
  "module.state_left",
  "module.state_set_aside",
  "grant.pending",
  "limit.hit",
  "circuit.open",
  "circuit.closed",
  "kernel.ready",
  "kernel.swapped",
  "kernel.swap_failed",
  "approval.asked",
  "approval.given",
  "proposal.made",
  "proposal.adopted",
  "proposal.rejected",
  "proposal.rolled_back",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** What a part of the kernel reports; the event log adds the time. `detail` is small plain data. */
export interface HostEvent {
  readonly kind: EventKind;
  readonly api?: string;
  readonly message?: string;
  readonly detail?: PlainMap;
}

/** As it stands in the log: `{"time", "kind", "api", …}`, time in ISO 8601 with milliseconds. */
export interface LoggedEvent extends HostEvent {
  readonly time: string;
  /** Where it stands in its log (primitives/record_id.ts). */
  readonly id?: string;
}

/** A limit that was hit: which, what was found, what is allowed; `about` says more where that helps. */
export interface LimitHit {
  readonly limit: string;
  readonly found: number;
  readonly allowed: number;
  readonly about?: PlainMap;
}

/** Hears of each limit that a module hit. Never throws, never waits. */
export type HitLimit = (api: string, hit: LimitHit) => void;

/** Where parts of the kernel report to. Never throws, never waits. */
export type EmitEvent = (event: HostEvent) => void;
