/** One loaded instance of a module, in one cell. */
import type { InstanceId } from "../contract/names.ts";
import { HTTP_SERVICE } from "../contract/shipped.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import type { StateMethods } from "../contract/wire.ts";
import type { CellPort, Seat } from "../broker/mod.ts";
import type { Cell } from "../cell/mod.ts";

export interface Instance {
  readonly id: InstanceId;
  readonly planned: PlannedModule;
  readonly cell: Cell;
  readonly seat: Seat;
  readonly tools: readonly ToolSpec[];
  readonly has_run: boolean;
  readonly state?: StateMethods;
  /** Milliseconds since the epoch. */
  readonly started_at: number;
}

/** Whether it can say what it remembers. */
export function exportsState({ state }: Instance): boolean {
  return state === "export" || state === "both";
}
/** Whether it can be told what another one remembered. */
export function importsState({ state }: Instance): boolean {
  return state === "import" || state === "both";
}

/** `grants.net` brings `fetch`, which is a call to this. */
const FETCH = Object.freeze({ api: HTTP_SERVICE.api, methods: ["fetch"], aspects: ["default"] });

/** What the broker knows of an instance. */
export function seatOf(instance: InstanceId, planned: PlannedModule, port: CellPort): Seat {
  const { api, config, grants, limits } = planned.spec;
  const services = grants.net.length > 0 ? [...grants.services, FETCH] : grants.services;
  const fetches = isHttpService(planned) && { fetches: true as const };
  return {
    ...{ instance, api, port, config, grants: { ...grants, services }, limits, in_flight: 0, open_streams: 0 },
    ...fetches,
  };
}

/** Not whoever bears its name: the program's own, under the name that `fetch` calls. */
export function isHttpService({ spec: { api, prog }, source: { origin } }: PlannedModule): boolean {
  return origin === "shipped" && prog === HTTP_SERVICE.prog && api === HTTP_SERVICE.api;
}

/** What a module's Worker and its cell are given of the world. */
export function cellNeeds(planned: PlannedModule) {
  const { grants, limits } = planned.spec;
  const direct = grants.builtins.some((name) => name === "node:net" || name === "node:tls" || name === "node:dns");
  return {
    folders: grants.folders,
    // A Worker's own net is for those that have sockets themselves; `fetch` is a call to the http service.
    net: [...(direct ? grants.net : []), ...grants.listen],
    ...(isHttpService(planned) && { any_net: true as const }),
    limits: { memory_mb: limits.memory_mb, heap_mb: limits.heap_mb },
  };
}
