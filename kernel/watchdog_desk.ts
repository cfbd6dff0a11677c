/** The kernel's questions to the watchdog and who still has to speak: the channel itself has no questions and answers. */
import type { FromWatchdog, ToWatchdog } from "./contract/channel.ts";
import { cellBase, type CellId } from "./contract/names.ts";
import type { Clock, LineChannel } from "./contract/powers.ts";

export class WatchdogDesk {
  readonly #channel: LineChannel;
  readonly #asked = new Map<string, ((value: string | null) => void)[]>();
  /** Cells that outlived a former kernel and have not reported; undefined until the watchdog has told them. */
  #silent: Set<CellId> | undefined;
  /** Cells that the watchdog has told of: beside a kernel that leads still there may be more of them each time. */
  readonly #told = new Set<CellId>();
  /** Whose the cells are that were given to a module. */
  readonly #bases = new Map<CellId, string>();
  readonly #lost: CellId[] = [];
  #counting = true;
  #changed: () => void = () => {};

  constructor(channel: LineChannel) {
    this.#channel = channel;
  }

  send(message: ToWatchdog): void {
    this.#channel.send(message);
  }

  /** One variable of the environment that the host was started in; null when it is not set. */
  env(name: string): Promise<string | null> {
    return new Promise((answered) => {
      const waiting = this.#asked.get(name);
      if (waiting !== undefined) return void waiting.push(answered);
      this.#asked.set(name, [answered]);
      this.send({ t: "env", name });
    });
  }
  answerEnv(name: string, value: string | null): void {
    for (const answered of this.#asked.get(name) ?? []) answered(value);
    this.#asked.delete(name);
  }

  // ── who is there, right after a start ──

  cells(cells: Extract<FromWatchdog, { t: "cells" }>["cells"]): void {
    if (!this.#counting) return;
    this.#silent ??= new Set();
    for (const { cell, base } of cells) {
      if (base !== undefined) this.#bases.set(cell, base);
      if (!this.#told.has(cell)) this.#silent.add(cell);
      this.#told.add(cell);
    }
    this.#changed();
  }
  reported(cell: CellId): void {
    if (this.#silent?.delete(cell)) this.#changed();
  }
  /** `in_order`: it was told to end, when all that it had answered had been heard. */
  exited(cell: CellId, { in_order }: { readonly in_order: boolean }): void {
    if (!this.#counting) return;
    if (!in_order) this.#lost.push(cell);
    this.reported(cell);
  }

  /** Resolves when every cell there was has reported or ended, or after `ms`. Gives whose cells ended or stayed silent: what they had may have run. */
  async everyoneReported(clock: Clock, ms: number): Promise<readonly string[]> {
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      this.#changed = () => {
        if (this.#silent === undefined || this.#silent.size > 0) return;
        cancel();
        resolve();
      };
      this.#changed();
    });
    this.#counting = false;
    this.#changed = () => {};
    return [...this.#lost, ...this.#silent ?? []].map((cell) => this.#bases.get(cell) ?? cellBase(cell));
  }
}
