/**
 * Circuit breakers, one for each edge from a caller to a service. A service that keeps failing a caller is left alone for a while, and then tried with one call
 * (half open). A caller whose call hung a service is blamed: after two of its deaths that caller's edge opens, for longer each time.
 * Edges on which nothing has failed are not here: a healthy host pays nothing.
 */
import type { EmitEvent } from "../contract/events.ts";
import { type Fault, fault } from "../contract/fault.ts";
import type { Clock } from "../contract/powers.ts";

/**
 * What a call tells of the edge it took: the service answered, whatever it said; it did not in time; it died; or the call never came to try it.
 */
export type EdgeOutcome = "answered" | "timeout" | "module_killed" | "untried";

/** Faults in a row that open an edge. */
export const OPEN_AFTER = 5;
export const FIRST_OPEN_MS = 1_000;
export const MOST_OPEN_MS = 30_000;
/** Deaths of a service, by calls of the same caller, that open its edge; deaths further apart than this count anew. */
export const BLAMED_DEATHS = 2;
export const BLAME_MS = 60_000;
/** Edges remembered; the one that failed longest ago goes first. */
const MOST_EDGES = 4_096;

interface Edge {
  readonly caller: string;
  readonly callee: string;
  /** Faults in a row. One death of the service counts once, however many calls it took with it. */
  faults: number;
  last_death: string | undefined;
  deaths: number;
  death_at: number;
  /** How often it has opened in a row; the pause doubles. */
  opened: number;
  state: "closed" | "open" | "half_open";
  until: number;
}

/** What a kernel tells its successor, whose clock is another: times as milliseconds ago, and to come. */
export interface ToldEdge {
  readonly caller: string;
  readonly callee: string;
  readonly faults: number;
  readonly deaths: number;
  readonly death_ago_ms: number | null;
  readonly opened: number;
  readonly open_ms: number | null;
}

export class CircuitTable {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #emit: EmitEvent;
  readonly #edges = new Map<string, Edge>();

  constructor(clock: Pick<Clock, "monotonic">, emit: EmitEvent) {
    this.#clock = clock;
    this.#emit = emit;
  }

  /** Why the caller is not let through now; undefined when it is, perhaps as the one that tries. */
  refuse(caller: string, callee: string): Fault | undefined {
    if (this.#edges.size === 0) return undefined;
    const edge = this.#edges.get(keyOf(caller, callee));
    if (edge === undefined || edge.state === "closed") return undefined;
    const left = edge.until - this.#clock.monotonic();
    if (edge.state === "open" && left <= 0) {
      edge.state = "half_open";
      return undefined;
    }
    const why = edge.deaths >= BLAMED_DEATHS
      ? `its calls ended '${callee}' ${edge.deaths} times`
      : "calls failed in a row";
    const when = edge.state === "open" ? `it is tried again in ${Math.ceil(left)} ms` : "one call is trying it now";
    return fault("circuit_open", `'${caller}' is cut off from '${callee}': ${why}; ${when}`);
  }

  /** What became of a call. `instance`: which one served it, so that one death counts once, however many calls it took with it. */
  ended(caller: string, callee: string, outcome: EdgeOutcome, instance: string | undefined): void {
    const trouble = outcome === "timeout" || outcome === "module_killed";
    if (!trouble && this.#edges.size === 0) return;
    const key = keyOf(caller, callee);
    const edge = this.#edges.get(key);
    if (!trouble) {
      if (edge === undefined) return;
      if (outcome === "untried") {
        if (edge.state === "half_open") edge.state = "open"; // the next one tries
      } else if (edge.state === "half_open") this.#close(key, edge);
      else if (edge.state === "closed") this.#forgive(key, edge);
      return;
    }
    const failing = edge ?? this.#remember(key, caller, callee);
    if (outcome === "module_killed") {
      if (failing.last_death === instance && failing.state !== "half_open") return;
      failing.last_death = instance;
    }
    failing.faults++;
    if (failing.state === "half_open" || (failing.state === "closed" && failing.faults >= OPEN_AFTER)) {
      this.#open(failing, `${failing.faults} faults in a row, the last: ${outcome}`);
    }
  }

  /** The service died of this caller's call. */
  blame(caller: string, callee: string): void {
    const key = keyOf(caller, callee);
    const edge = this.#edges.get(key) ?? this.#remember(key, caller, callee);
    const now = this.#clock.monotonic();
    edge.deaths = now - edge.death_at > BLAME_MS ? 1 : edge.deaths + 1;
    edge.death_at = now;
    if (edge.deaths >= BLAMED_DEATHS) this.#open(edge, `its calls hung '${callee}' ${edge.deaths} times`);
  }

  /** Nothing claims the api any more. */
  forget(api: string): void {
    for (const [key, { caller, callee }] of this.#edges) if (caller === api || callee === api) this.#edges.delete(key);
  }

  /** For the next kernel. */
  told(): readonly ToldEdge[] {
    const now = this.#clock.monotonic();
    return [...this.#edges.values()].map(({ caller, callee, faults, deaths, death_at, opened, state, until }) => ({
      ...{ caller, callee, faults, deaths, opened },
      death_ago_ms: death_at === -Infinity ? null : Math.round(now - death_at),
      open_ms: state === "closed" ? null : Math.max(0, Math.round(until - now)),
    }));
  }
  /** From the former one. An edge that one call was trying is open again, and the next one tries. */
  take(told: readonly ToldEdge[]): void {
    const now = this.#clock.monotonic();
    for (const { caller, callee, faults, deaths, death_ago_ms, opened, open_ms } of told) {
      const edge = this.#remember(keyOf(caller, callee), caller, callee);
      Object.assign(edge, { faults, deaths, opened });
      if (death_ago_ms !== null) edge.death_at = now - death_ago_ms;
      if (open_ms !== null) Object.assign(edge, { state: "open", until: now + open_ms });
    }
  }

  #remember(key: string, caller: string, callee: string): Edge {
    const edge: Edge = {
      ...{ caller, callee, faults: 0, last_death: undefined, deaths: 0, death_at: -Infinity },
      ...{ opened: 0, state: "closed", until: 0 },
    };
    this.#edges.set(key, edge);
    if (this.#edges.size > MOST_EDGES) this.#edges.delete(this.#edges.keys().next().value!);
    return edge;
  }

  #open(edge: Edge, why: string): void {
    const ms = Math.min(MOST_OPEN_MS, FIRST_OPEN_MS * 2 ** edge.opened++);
    edge.state = "open";
    edge.until = this.#clock.monotonic() + ms;
    const { caller, callee } = edge;
    this.#emit({
      kind: "circuit.open",
      api: callee,
      message: `'${caller}' is cut off: ${why}`,
      detail: { caller, ms },
    });
  }

  #close(key: string, edge: Edge): void {
    const { caller, callee } = edge;
    edge.state = "closed";
    this.#emit({
      kind: "circuit.closed",
      api: callee,
      message: `'${caller}' is let through again`,
      detail: { caller },
    });
    this.#forgive(key, edge);
  }

  /** A call that went well ends the row; deaths are remembered for their time. */
  #forgive(key: string, edge: Edge): void {
    edge.faults = 0;
    edge.last_death = undefined;
    if (this.#clock.monotonic() - edge.death_at > BLAME_MS) this.#edges.delete(key);
  }
}

function keyOf(caller: string, callee: string): string {
  return `${caller} ${callee}`;
}
