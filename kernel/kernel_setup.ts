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
  /** Of the program that this kernel was loaded from; `hello` has the watchdog's. */
  readonly version: string;
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
  /** Loads all modules and serves; after `importState` it takes over from the kernel that leads, which serves on until this one says `imported`. A boot that throws counts as a failed load. */
  boot(): Promise<void>;
  /** For a successor: plain, versioned data that it can't learn from the cells. May be called more than once. A kernel without it can't be followed while it runs. */
  exportState?(): unknown;
  /** Before `boot`: the former kernel's `exportState()`. Throws for what it does not understand: then the former one serves on. */
  importState?(state: unknown): void | PromiseLike<void>;
  /** Resolves when the host ends in order. */
  waitForShutdown(): Promise<void>;
  /** After a boot that threw: leaves nothing behind (sockets, timers, processes) that would disturb the next kernel in this process. */
  [Symbol.asyncDispose]?(): PromiseLike<void>;
}
