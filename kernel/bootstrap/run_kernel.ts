/**
 * The kernel process, by the paper's section 4.1: logging first, then the meta files by version descending; the first one that parses,
 * names a Kernel, constructs and boots is the kernel. On any failure the next; if none is left, exit 1.
 */
import { type FromWatchdog, type Hello, PROTOCOL } from "../contract/channel.ts";
import type { LogRecord } from "../contract/control.ts";
import type { MetaConfig, MetaFile } from "../contract/meta_config.ts";
import type { KernelPowers } from "../contract/powers.ts";
import { findMetaFiles, parseMeta } from "../config/mod.ts";
import { HostLog, type Level, LEVELS, type LineFeed, logBounds, logFeed, readTail } from "../events/mod.ts";
import type { KernelLike, KernelSetup } from "../kernel_setup.ts";
import { parseFromWatchdog } from "../primitives/parse_from_watchdog.ts";
import { loadKernelClass } from "./load_kernel.ts";
import { PROGRAM_VERSION } from "./program_version.ts";
import { retainLogs } from "./retain_logs.ts";
import { showSignsOfLife } from "./signs_of_life.ts";
import { bootSuccessor, Superseded } from "./successor.ts";

const LINES_REMEMBERED = 5_000;

/** Runs until the host ends in order; resolves with the exit code. */
export async function runKernel(powers: KernelPowers, hello: Hello): Promise<number> {
  const inbox = new Inbox(powers);
  const { log, log_feed } = await openLog(powers, hello);
  inbox.hear((said) => log.heard(said.time, said.level, "watchdog", said.message));
  const signs = showSignsOfLife({
    ...powers,
    rss: () => powers.figures().rss,
    tooLarge: (found_mb) => {
      log.critical(
        `the kernel takes ${found_mb} MB, more than kernel_memory_mb allows: it ends, and the next one takes its place`,
      );
      powers.exit(1);
    },
  });
  const base: BaseSetup = { powers, hello, log, log_feed, version: PROGRAM_VERSION, listen: inbox.listen };
  const booted = hello.protocol !== PROTOCOL
    ? otherProtocol(base)
    : hello.successor === undefined
    ? await firstThatBoots(base, inbox, signs, await candidates(base))
    : await successor(base, inbox, signs);
  if (booted === undefined) {
    await log_feed.close();
    return 1;
  }
  const { kernel, meta } = booted;
  boundLogs(powers, log_feed, meta);
  const endRetention = retainLogs({ ...powers, home: hello.home, log }, meta);
  await kernel.waitForShutdown();
  endRetention();
  await log_feed.close();
  return 0;
}

type BaseSetup = Omit<KernelSetup, "meta" | "meta_file">;

interface Booted {
  readonly kernel: KernelLike;
  readonly meta: MetaConfig;
}
type Signs = ReturnType<typeof showSignsOfLife>;

/** The program on disk was replaced by one that this host's watchdog and cells do not understand. */
function otherProtocol({ hello, log, powers }: BaseSetup): undefined {
  const why =
    `the program on disk (version ${PROGRAM_VERSION}) speaks protocol ${PROTOCOL}, this host ${hello.protocol}: stop it and start it again`;
  log.critical(why);
  powers.watchdog.send({ t: "leave", why });
}

async function successor(base: BaseSetup, inbox: Inbox, signs: Signs): Promise<Booted | undefined> {
  const { powers, hello, log } = base;
  try {
    const found = await findMetaFiles(powers.files, hello.home);
    return await bootSuccessor(base, found, {
      state: inbox.state,
      bound: ({ kernel_memory_mb }) => signs.bound(kernel_memory_mb),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`${hello.successor!.meta} can't take over: ${why}`);
    if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
    powers.watchdog.send({ t: "leave", why, ...(error instanceof Superseded && { again: true }) });
    return undefined;
  }
}

async function candidates({ powers, hello, log }: BaseSetup): Promise<readonly MetaFile[]> {
  const found = await findMetaFiles(powers.files, hello.home, (file, reason) => {
    log.warning(`Failed to load kernel from ${file}: ${reason}`);
  });
  return found.filter(({ file, hash }) => !hello.pass_over.some((over) => over.meta === file && over.hash === hash));
}

async function firstThatBoots(
  base: BaseSetup,
  inbox: Inbox,
  signs: Signs,
  metas: readonly MetaFile[],
): Promise<Booted | undefined> {
  const { powers, hello, log } = base;
  for (const meta_file of metas) {
    const { file, hash, text } = meta_file;
    let kernel: KernelLike | undefined;
    try {
      const meta = parseMeta(text);
      if (!meta.ok) throw new Error(meta.reason);
      signs.bound(meta.value.kernel_memory_mb);
      powers.watchdog.send({ t: "booting", meta: file, hash });
      const Kernel = await loadKernelClass(powers.files, hello, meta.value);
      kernel = new Kernel({ ...base, meta: meta.value, meta_file });
      log.info(`Successfully loading kernel from ${file}`);
      await kernel.boot();
      return { kernel, meta: meta.value };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.warning(`Failed to load kernel from ${file}: ${reason}`);
      if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
      if (kernel !== undefined) await clearAway(kernel, base, inbox);
    }
  }
  log.critical("All kernel load attempts failed.");
  return undefined;
}

/** The watchdog looks after its own log, and can't read what the meta file says. */
function boundLogs({ watchdog }: KernelPowers, feed: LineFeed<LogRecord>, meta: MetaConfig): void {
  const bounds = logBounds(meta);
  feed.bound(bounds);
  watchdog.send({ t: "log_bounds", max_bytes: bounds.max_bytes, keep: bounds.keep });
}

/** A kernel that got half-way: it gives up what it holds, and the next one learns anew which cells there are. */
async function clearAway(kernel: KernelLike, { powers, log }: BaseSetup, inbox: Inbox): Promise<void> {
  try {
    await kernel[Symbol.asyncDispose]?.();
  } catch (error) {
    log.warning(`the kernel that failed could not clear away what it had: ${error}`);
  }
  inbox.keep();
  powers.watchdog.send({ t: "cells" });
}

async function openLog(
  powers: KernelPowers,
  { home, log_level, epoch }: Hello,
): Promise<{ log: HostLog; log_feed: LineFeed<LogRecord> }> {
  const { files, clock, stderr } = powers;
  const path = `${home}/runtime/logs/host.jsonl`;
  await files.makeFolder(`${home}/runtime/logs`);
  const log_feed = logFeed<LogRecord>({ files, clock }, { path, remembered: LINES_REMEMBERED, epoch });
  log_feed.remember(await readTail<LogRecord>(files, path, LINES_REMEMBERED));
  const level = LEVELS.find((one) => one === log_level) ?? ("DEBUG" satisfies Level);
  return { log: new HostLog({ feed: log_feed, clock, stderr, level }), log_feed };
}

type Said = Extract<FromWatchdog, { t: "said" }>;

/** Messages of the watchdog, kept until someone listens. Its end is ours. */
class Inbox {
  #kept: FromWatchdog[] = [];
  #listener: ((message: FromWatchdog) => void) | undefined;
  #kept_said: Said[] = [];
  #said: (said: Said) => void = (said) => this.#kept_said.push(said);

  #state: ((state: unknown) => void) | undefined;

  constructor(powers: KernelPowers) {
    void this.#read(powers);
  }

  readonly listen = (listener: (message: FromWatchdog) => void): void => {
    this.#listener = listener;
    for (const message of this.#kept.splice(0)) listener(message);
  };

  /** What the watchdog says of its own doings belongs into the log, whichever kernel listens. */
  hear(said: (said: Said) => void): void {
    this.#said = said;
    for (const one of this.#kept_said.splice(0)) said(one);
  }

  /** The former kernel's state, for a successor that has not begun to listen. */
  readonly state = (): Promise<unknown> => {
    return new Promise((resolve) => this.#state = resolve);
  };

  /** Nobody listens any more: what comes is kept for the next one. */
  keep(): void {
    this.#listener = undefined;
  }

  #takeState(state: unknown): void {
    this.#state?.(state);
    this.#state = undefined;
  }

  async #read(powers: KernelPowers): Promise<void> {
    for await (const line of powers.watchdog.messages()) {
      const message = parseFromWatchdog(line);
      if (message === undefined) continue;
      if (message.t === "said") this.#said(message);
      else if (message.t === "state" && this.#state !== undefined) this.#takeState(message.state);
      else if (this.#listener !== undefined) this.#listener(message);
      else this.#kept.push(message);
    }
    // Without the watchdog nothing could be started or ended any more; cells see our end and go too.
    powers.exit(1);
  }
}
