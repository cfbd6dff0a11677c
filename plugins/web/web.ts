/** What all requests share while one instance serves. */
import type { Kernel } from "meta-machine";
import type { BodyRoom } from "./body_room.ts";
import type { GateRules } from "./gate.ts";
import type { McpEndpoint } from "./mount_mcp.ts";
import type { Places } from "./places.ts";
import type { RateLimit } from "./rate_limit.ts";
import type { RequestCounts } from "./request_counts.ts";
import type { Settings } from "./settings.ts";

export interface Web {
  readonly kernel: Kernel;
  readonly settings: Settings;
  readonly gate: GateRules;
  readonly rate: RateLimit;
  /** Of requests, whoever sends them, and of each principal. */
  readonly places: Places;
  readonly own_places: Places;
  readonly streams: Places;
  readonly room: BodyRoom;
  readonly counts: RequestCounts;
  /** Aborted when this instance takes no more requests, and when it gives up those under way. */
  readonly draining: AbortSignal;
  readonly giving_up: AbortSignal;
  readonly mcp: McpEndpoint | undefined;
}
