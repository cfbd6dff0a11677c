/** What the bootstrap hands to a Kernel, and what it expects of one. */
import type { FromWatchdog, Hello } from "./contract/channel.ts";
import type { MetaConfig, MetaFile } from "./contract/meta_config.ts";
import type { KernelPowers } from "./contract/powers.ts";
import type { LogRecord } from "./contract/control.ts";
import type { HostLog, LineFeed } from "./events/mod.ts";

export interface KernelSetup {
  readonly powers: KernelPowers;
  readonly hello: Hello;
  readonly meta: MetaConfig;
  readonly meta_file: MetaFile;
  readonly log: HostLog;
  readonly log_feed: LineFeed<LogRecord>;
  /** Messages of the watchdog from now on, kept until someone listens. */
  readonly listen: (listener: (message: FromWatchdog) => void) => void;
}

/** The class `Kernel` that a meta file's `prog` names (never called Module, so that the two are not mixed up). */
export interface KernelClass {
  new (setup: KernelSetup): KernelLike;
}
export interface KernelLike {
  /** Loads all modules and serves. A boot that throws counts as a failed load. */
  boot(): Promise<void>;
  /** Resolves when the host ends in order. */
  waitForShutdown(): Promise<void>;
  /** After a boot that threw: leaves nothing behind (sockets, timers, processes) that would disturb the next kernel in this process. */
  [Symbol.asyncDispose]?(): PromiseLike<void>;
}
