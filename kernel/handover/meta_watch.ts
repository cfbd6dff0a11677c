/** Meta files that change while a kernel runs: when another one comes first, or what runs has another text, a successor is wanted. */
import type { MetaFile } from "../contract/meta_config.ts";
import type { Clock, Files } from "../contract/powers.ts";
import { findMetaFiles, parseMeta } from "../config/mod.ts";

/** A half-written file is not acted on: it has to be unchanged for so long. */
const SETTLE_MS = 200;
/** A hand-over that could not take place for want of a quiet moment is tried again. */
const TRY_AGAIN_MS = 1_000;

export interface MetaWatchOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly home: string;
  readonly running: MetaFile;
  /** Versions that could not take over, or died early, and have not changed since. */
  readonly passed_over: readonly { readonly meta: string; readonly hash: string }[];
  /** A text that is no meta file's. Called once for each text. */
  readonly rejected: (file: string, reason: string) => void;
  /** Asks for a hand-over; resolves when it has failed, and how. */
  readonly handOver: (to: MetaFile) => Promise<"refused" | "later">;
}

export class MetaWatch {
  readonly #options: MetaWatchOptions;
  /** Hashes of versions that are not tried again, by file. */
  readonly #refused: Map<string, string>;
  /** Hashes of texts that were told to be broken, by file. */
  readonly #told = new Map<string, string>();
  /** What comes first, and since when. */
  #seen: { readonly hash: string; readonly since: number } | undefined;
  #asking = false;
  #cancel: () => void = () => {};
  #ended = false;

  constructor(options: MetaWatchOptions) {
    this.#options = options;
    this.#refused = new Map(options.passed_over.map(({ meta, hash }) => [meta, hash]));
  }

  /** Never throws: a look that fails is made again with the next one. */
  async look(): Promise<void> {
    const { files, home, clock } = this.#options;
    const next = this.#wanted(await findMetaFiles(files, home).catch(() => []));
    if (this.#ended || this.#asking) return;
    if (next === undefined) {
      this.#seen = undefined;
      return;
    }
    const now = clock.monotonic();
    if (this.#seen?.hash !== next.hash) this.#seen = { hash: next.hash, since: now };
    const left = this.#seen.since + SETTLE_MS - now;
    if (left > 0) this.#lookIn(left);
    else await this.#ask(next);
  }

  end(): void {
    this.#ended = true;
    this.#cancel();
  }

  /** The first that can be had, highest version first; undefined when that is what runs. What runs is not left for a lower one because its file is broken. */
  #wanted(found: readonly MetaFile[]): MetaFile | undefined {
    const { running } = this.#options;
    for (const one of found) {
      const runs = one.file === running.file;
      if (runs && one.hash === running.hash) return undefined;
      if (this.#refused.get(one.file) !== one.hash && this.#parses(one)) return one;
      if (runs) return undefined;
    }
    return undefined;
  }

  #parses({ file, hash, text }: MetaFile): boolean {
    const parsed = parseMeta(text);
    if (parsed.ok) return true;
    if (this.#told.get(file) !== hash) this.#options.rejected(file, parsed.reason);
    this.#told.set(file, hash);
    return false;
  }

  async #ask(next: MetaFile): Promise<void> {
    this.#asking = true;
    const outcome = await this.#options.handOver(next);
    this.#asking = false;
    this.#seen = undefined;
    if (outcome === "refused") this.#refused.set(next.file, next.hash);
    // Another one may come first by now; one that was only too busy is tried again.
    this.#lookIn(outcome === "refused" ? SETTLE_MS : TRY_AGAIN_MS);
  }

  #lookIn(ms: number): void {
    this.#cancel();
    if (!this.#ended) this.#cancel = this.#options.clock.after(ms, () => void this.look());
  }
}
