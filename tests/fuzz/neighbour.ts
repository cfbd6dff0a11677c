/** The innocent one: a module in a real cell, called all the while. */
import assert from "node:assert/strict";
import { ControlClient } from "./control_client.ts";

export const NEIGHBOUR = {
  "plugins/neighbour.js": "export class Module { ping(n) { return n; } }",
  "configs/neighbour.yml": "",
};

const BEAT_MS = 20;
const FIRST_TRIES = 10;
/** Two cores are shared by everything that runs: this bounds a standstill, not a delay. */
const WORST_MS = 3_000;

export class Pulse {
  readonly #client: ControlClient;
  readonly #beating: Promise<void>;
  #open = true;
  beats = 0;
  worst_ms = 0;
  readonly faults: string[] = [];

  private constructor(client: ControlClient) {
    this.#client = client;
    this.#beating = this.#beat();
  }
  static async of(control: string): Promise<Pulse> {
    const client = await ControlClient.connect(control);
    // A cell that a busy machine welcomes late tries another link, and what was on its way by the first one is told `moved`: that is over with the first answer.
    for (let tries = 0; tries < FIRST_TRIES; tries++) {
      if ((await client.ask("call", { api: "neighbour", method: "ping", args: [0] })).ok) break;
    }
    return new Pulse(client);
  }

  async #beat(): Promise<void> {
    while (this.#open) {
      const since = performance.now();
      const { ok, value } = await this.#client.ask("call", { api: "neighbour", method: "ping", args: [this.beats] });
      if (!this.#open && !ok) return; // the test is over
      this.worst_ms = Math.max(this.worst_ms, performance.now() - since);
      if (!ok || value !== this.beats) this.faults.push(JSON.stringify(value));
      this.beats++;
      if (this.faults.length > 3) return;
      await new Promise((then) => setTimeout(then, BEAT_MS));
    }
  }

  close(): void {
    this.#open = false;
    this.#client.close();
  }

  /** Every one of its calls was answered in time. */
  async assertUnharmed(): Promise<void> {
    this.#open = false;
    await this.#beating;
    this.#client.close();
    assert.deepEqual(this.faults, [], "calls of the neighbour failed");
    assert.ok(this.beats > 0, `the neighbour was asked ${this.beats} times only`);
    assert.ok(this.worst_ms < WORST_MS, `a call of the neighbour took ${this.worst_ms} ms`);
  }
}
