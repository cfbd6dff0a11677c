/** How busy the machine is with other things: looked at while nothing of ours runs. */
const LOOK_MS = 100;
/** Share of all processors; what is less disturbs nobody. */
const DISTURBING = 0.05;

export class OthersLoad {
  readonly #shares: number[] = [];

  /** One look, before a session is opened. */
  async look(): Promise<void> {
    if (Deno.build.os !== "linux") return;
    const before = read();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const after = read();
    const all = after.all - before.all;
    if (all > 0) this.#shares.push(1 - (after.idle - before.idle) / all);
  }

  /** What the reader has to know, if anything. */
  remark(): string | undefined {
    const mean = this.#shares.reduce((sum, share) => sum + share, 0) / this.#shares.length;
    if (!(mean > DISTURBING)) return undefined;
    return `the machine was busy with other things: ${Math.round(mean * 100)} % of its processors, at the worst ` +
      `${Math.round(Math.max(...this.#shares) * 100)} %; measure again on a quiet one`;
  }
}

function read(): { idle: number; all: number } {
  const times = Deno.readTextFileSync("/proc/stat").split("\n", 1)[0]!.trim().split(/\s+/).slice(1, 9).map(Number);
  return { idle: times[3]! + times[4]!, all: times.reduce((sum, time) => sum + time, 0) };
}
