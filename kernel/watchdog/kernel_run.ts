/** One kernel process from its start to its death, and what is known of it by what it says. */
import { ALIVE, type FromWatchdog, type Hello, type ToWatchdog } from "../contract/channel.ts";
import type { KernelDeath, KernelVersion } from "./kernel_fate_machine.ts";
import { type KernelLink, type KernelLinkEvents, startKernel } from "./kernel_link.ts";

export interface KernelRunEvents extends Omit<KernelLinkEvents, "message"> {
  /** What it wants; that it boots and lives is noted here. */
  message(run: KernelRun, message: Exclude<ToWatchdog, { t: "booting" | "alive" }>): void;
}

export class KernelRun {
  readonly epoch: number;
  readonly #link: KernelLink;
  readonly #started_at = performance.now();
  #version: KernelVersion | undefined;
  #ready_at: number | undefined;
  #took_over_at: number | undefined;
  /** When it last said anything; undefined until it said that it lives. */
  #heard_at: number | undefined;

  /** Starts it and says hello. Throws when the system cannot start it. */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>, hello: Hello, events: KernelRunEvents) {
    this.epoch = hello.epoch;
    this.#link = startKernel(args, env, hello, {
      ...events,
      message: (message) => {
        const now = performance.now();
        if (this.#heard_at !== undefined || message.t === "alive") this.#heard_at = now;
        if (message.t === "booting") this.#version = { meta: message.meta, hash: message.hash };
        else if (message.t !== "alive") {
          if (message.t === "ready") this.#ready_at ??= now;
          events.message(this, message);
        }
      },
    });
  }

  get pid(): number {
    return this.#link.pid;
  }
  get send(): (message: FromWatchdog) => boolean {
    return this.#link.send;
  }
  get kill(): () => void {
    return this.#link.kill;
  }
  /** Its loop has stood still for too long. */
  get stuck(): boolean {
    return isStuck(this.#heard_at, performance.now());
  }

  /** It leads in another's place, with a version that has not led before (`new_version`). */
  tookOver({ new_version }: { readonly new_version: boolean }): void {
    if (new_version) this.#took_over_at = performance.now();
  }

  /** How it lived, and how the system says that it ended. */
  async ended(): Promise<{ readonly death: KernelDeath; readonly how: string }> {
    const { code, signal, nothing_loads } = await this.#link.ended;
    const [version, ready_at, took_over_at] = [this.#version, this.#ready_at, this.#took_over_at];
    const death: KernelDeath = {
      ...{ code, started_at: this.#started_at, died_at: performance.now() },
      ...{ version, ready_at, took_over_at, nothing_loads },
    };
    return { death, how: signal ?? `code ${code}` };
  }
}

/** Silent for longer than a loop that turns may be. One that never said that it lives (an older build) is not judged by it. */
export function isStuck(heard_at: number | undefined, now: number): boolean {
  return heard_at !== undefined && now - heard_at > ALIVE.silent_ms;
}
