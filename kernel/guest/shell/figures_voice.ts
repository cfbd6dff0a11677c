/** Tells the kernel what the cell takes: when it is asked, and by itself when that has changed and it is time again. */
import type { Clock } from "../../contract/powers.ts";
import type { CellFigures } from "../../contract/wire.ts";
import { figuresDiffer, figuresPause } from "./figures.ts";

export interface FiguresPowers {
  readonly clock: Pick<Clock, "monotonic">;
  readonly rss: () => number;
  /** The figures as they stand now. */
  readonly take: () => CellFigures;
  readonly say: (figures: CellFigures) => void;
}

export class FiguresVoice {
  readonly #powers: FiguresPowers;
  #said: CellFigures | undefined;
  #looked_at: number;

  constructor(powers: FiguresPowers) {
    this.#powers = powers;
    this.#looked_at = powers.clock.monotonic();
  }

  /** Somebody looks at the cell anyway. */
  looked(): void {
    const { clock, rss, take } = this.#powers;
    const now = clock.monotonic();
    if (now - this.#looked_at < figuresPause(rss() - (this.#said?.rss ?? 0))) return;
    this.#looked_at = now;
    if (figuresDiffer(this.#said, take())) this.say();
  }

  say(): void {
    const { clock, take, say } = this.#powers;
    this.#said = take();
    this.#looked_at = clock.monotonic();
    say(this.#said);
  }
}
