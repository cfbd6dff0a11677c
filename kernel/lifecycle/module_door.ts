/** Where calls to a module go as its life changes: they wait, are served, or are refused. Its tools are shown while it is there. */
import type { WhyDown } from "../broker/mod.ts";
import type { ApiName } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { Instance } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

export class ModuleDoor {
  readonly #api: ApiName;
  readonly #powers: Pick<LifePowers, "broker" | "tools">;

  constructor(api: ApiName, powers: Pick<LifePowers, "broker" | "tools">) {
    this.#api = api;
    this.#powers = powers;
  }

  /** Calls wait, as many and as long as the module's limits say; `called` hears of each. */
  hold({ spec: { limits } }: PlannedModule, called: () => void): void {
    this.#powers.broker.route(this.#api, { to: "hold", limits, called });
  }
  /** As `hold`, for a module that is away until it is called: its tools are there all the same. */
  doze(planned: PlannedModule, tools: readonly ToolSpec[], called: () => void): void {
    this.#powers.tools.publish(planned, tools);
    this.hold(planned, called);
  }
  /** Calls go to this instance, those that waited at once. */
  open({ seat, tools, planned }: Instance): void {
    this.#powers.tools.publish(planned, tools);
    this.#powers.broker.route(this.#api, { to: "seat", seat });
  }
  shut(because: WhyDown): void {
    this.#powers.broker.route(this.#api, { to: "down", because });
    this.#powers.tools.withdraw(this.#api);
  }
}
