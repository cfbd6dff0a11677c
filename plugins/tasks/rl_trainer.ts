/** A headless task: makes up the metrics of a training and logs them to a table of the service `database`, step by step, for ever. */
import { type Config, FaultError, type Kernel, type ModuleHandle, type Tool, tool } from "meta-machine";

/** What it needs of the service `database`. */
interface Database {
  execute(sql: string, params?: readonly unknown[]): { changes: number };
  query(sql: string, params?: readonly unknown[]): { step: number; loss: number }[];
}

export interface Progress {
  /** The last step that is known to be in the table; 0 before the first. */
  readonly step: number;
  readonly loss: number | null;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 1_000;

export class Module {
  isRunning = true;
  readonly #kernel: Kernel;
  readonly #database: ModuleHandle<Database>;
  readonly #learning_rate: number;
  readonly #step_delay_ms: number;
  #progress: Progress = { step: 0, loss: null };

  constructor(kernel: Kernel, config: Config) {
    this.#kernel = kernel;
    this.#database = kernel.getApi<Database>("database");
    this.#learning_rate = config.get("learning_rate", 0.01);
    this.#step_delay_ms = config.get("step_delay_seconds", 2) * 1000;
  }

  /**
   * Trains until it is shut down. After any fault it asks the table where it stands before it goes on: the last insert may have run although no answer came, and then
   * its step is not done again. A fault that trying again can't help ends the task.
   */
  async run(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (this.isRunning) {
      try {
        await this.#resume();
        while (this.isRunning) {
          await this.#train();
          wait = FIRST_WAIT_MS;
          await this.#kernel.sleep(this.#step_delay_ms);
        }
      } catch (error) {
        if (!mayPass(error)) throw error;
        console.warn(`[RLTrainer] ${error.message} (${error.code}); trying again in ${wait} ms`);
        await this.#kernel.sleep(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      }
    }
  }

  shutdown(): void {
    this.isRunning = false;
  }

  /** The last step in the table and its loss. */
  progress(): Progress {
    return this.#progress;
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") {
      return {
        progress: tool({
          description: "Tells how far the training is: {step, loss}.",
          params: { type: "object", properties: {}, additionalProperties: false },
          run: () => this.progress(),
          readOnly: true,
        }),
      };
    }
    throw new Error(`Aspect '${name}' not found.`);
  }

  /** Prepares the table and goes on from its last step. */
  async #resume(): Promise<void> {
    await this.#database.execute(
      "create table if not exists training_log (step integer primary key, loss real, learning_rate real)",
    );
    const [last] = await this.#database.query("select step, loss from training_log order by step desc limit 1");
    this.#progress = last ?? { step: 0, loss: null };
    console.log(`[RLTrainer] Going on after step ${this.#progress.step}.`);
  }

  async #train(): Promise<void> {
    const step = this.#progress.step + 1;
    const loss = 1 / (step + uniform(-0.5, 0.5)); // some dummy value for example
    await this.#database.execute(
      "insert into training_log (step, loss, learning_rate) values (?, ?, ?)",
      [step, loss, this.#learning_rate],
    );
    this.#progress = { step, loss };
  }
}

function uniform(low: number, high: number): number {
  return low + Math.random() * (high - low);
}

/** Whether asking the table and going on makes sense. A conflict: the step was logged by an earlier try. */
function mayPass(error: unknown): error is FaultError {
  return error instanceof FaultError && (error.retriable || error.maybe_ran || error.code === "conflict");
}
