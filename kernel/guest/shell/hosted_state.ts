/** What the next kernel has to know of a module's state: the version that speaks through it, and whether it still waits for one. */
import type { CellReport, LoadOrder, StateMethods } from "../../contract/wire.ts";
import type { ToWorker } from "../port.ts";

export type StateOrder = Extract<ToWorker, { t: "export" | "import" }>;

export class HostedState {
  readonly #version: string | undefined;
  #awaited: boolean;
  /** Orders to import that are not answered. */
  readonly #imports = new Set<number>();

  constructor({ version, awaits_state }: LoadOrder) {
    this.#version = version;
    this.#awaited = awaits_state === true;
  }

  told({ t, id }: StateOrder): void {
    if (t === "import") this.#imports.add(id);
  }
  answered(id: number, ok: boolean): void {
    if (this.#imports.delete(id) && ok) this.#awaited = false;
  }

  /** One that has no `importState` waits for nothing. */
  report(methods: StateMethods | undefined): Pick<CellReport["instances"][number], "version" | "awaits_state"> {
    const awaits = this.#awaited && (methods === "import" || methods === "both");
    return {
      ...(this.#version !== undefined && { version: this.#version }),
      ...(awaits && { awaits_state: true }),
    };
  }
}
