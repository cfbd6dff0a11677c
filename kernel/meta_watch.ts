/** Meta files that change while a kernel runs: the next start takes them up, and an event says so. */
import type { EmitEvent } from "./contract/events.ts";
import type { MetaFile } from "./contract/meta_config.ts";
import type { Files } from "./contract/powers.ts";
import { findMetaFiles, parseMeta } from "./config/mod.ts";

export class MetaWatch {
  readonly #files: Files;
  readonly #home: string;
  readonly #emit: EmitEvent;
  readonly #running: MetaFile;
  /** What was last found to come first; at the first look that is what the bootstrap has judged already. */
  #told: string | undefined;

  constructor(files: Files, home: string, running: MetaFile, emit: EmitEvent) {
    this.#files = files;
    this.#home = home;
    this.#emit = emit;
    this.#running = running;
  }

  /** Never throws: a look that fails is made again with the next one. */
  async look(): Promise<void> {
    const found = await findMetaFiles(this.#files, this.#home).catch(() => []);
    const next = found.find(({ text }) => parseMeta(text).ok);
    if (next === undefined || next.hash === this.#told) return;
    const first = this.#told === undefined;
    this.#told = next.hash;
    if (first || next.hash === this.#running.hash) return; // nothing new, or back to what runs
    this.#emit({
      kind: "config.changed",
      message: `configs/${next.file} takes effect at the next start; kernel ${this.#running.file} runs on`,
      detail: { config: `configs/${next.file}` },
    });
  }
}
