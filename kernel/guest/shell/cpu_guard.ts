/** The hands of cpu_watch.ts: measures where a cell works for long, and holds back what it is told. */
import type { Clock } from "../../contract/powers.ts";
import { CPU, CpuWatch } from "./cpu_watch.ts";

export interface CpuPowers {
  readonly clock: Pick<Clock, "monotonic">;
  /** CPU milliseconds of the modules' threads; says something once it has been prepared. */
  readonly module_cpu_ms: () => number;
  readonly prepareFigures: () => Promise<void>;
}

export interface CpuListener {
  /** The modules' limits together. */
  allowed(): number;
  owes(): boolean;
  /** Whether no code of any module can run now. */
  dormant(): boolean;
  /** Nothing more is to be read for now, or again. */
  hold(hold: boolean): void;
  above(found: number, allowed: number): void;
  /** It burns by itself. */
  burns(found: number, allowed: number): void;
}

export class CpuGuard {
  readonly #powers: CpuPowers;
  readonly #listener: CpuListener;
  readonly #watch = new CpuWatch();
  #working_since: number | undefined;
  #measures: "no" | "prepares" | "yes" = "no";
  #told: number | undefined;

  constructor(powers: CpuPowers, listener: CpuListener) {
    this.#powers = powers;
    this.#listener = listener;
  }

  /** Of a core, in the last slice; nothing while nothing is measured. */
  get figures(): { readonly cpu_percent?: number } {
    return this.#measures === "yes" ? { cpu_percent: Math.round(this.#watch.percent) } : {};
  }

  /** At each look of the guard. */
  looked(): void {
    const { clock, module_cpu_ms } = this.#powers;
    const now = clock.monotonic();
    if (this.#measures !== "yes") return this.#prepare(now);
    const cpu_percent = this.#listener.allowed();
    if (cpu_percent === 0) return;
    const verdict = this.#watch.look({ now, used_ms: module_cpu_ms(), cpu_percent, owes: this.#listener.owes() });
    if (verdict.end) return this.#listener.burns(Math.round(this.#watch.percent), cpu_percent);
    this.#listener.hold(verdict.hold);
    if (verdict.above === undefined || verdict.above === this.#told) return;
    this.#told = verdict.above;
    this.#listener.above(verdict.above, cpu_percent);
  }

  #prepare(now: number): void {
    if (this.#measures === "prepares") return;
    if (this.#listener.dormant()) return void (this.#working_since = undefined);
    this.#working_since ??= now;
    if (now - this.#working_since < CPU.prepare_ms) return;
    this.#measures = "prepares";
    void this.#powers.prepareFigures().then(() => this.#measures = "yes", () => this.#measures = "no");
  }
}
