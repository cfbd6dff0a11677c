/** What a module's life needs of the rest of the kernel. */
import type { EmitEvent } from "../contract/events.ts";
import type { Result } from "../contract/fault.ts";
import type { Clock, Randomness } from "../contract/powers.ts";
import type { CellId, InstanceId } from "../contract/names.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { LoadOrder } from "../contract/wire.ts";
import type { Broker } from "../broker/mod.ts";
import type { CellTable, WarmCells } from "../cell/mod.ts";
import type { Level } from "../events/mod.ts";
import type { Semaphore } from "../primitives/semaphore.ts";
import type { Fates } from "./fates.ts";
import type { KeptStates } from "./kept_states.ts";
import type { KnownTools } from "./known_tools.ts";
import type { Leadership } from "./leadership.ts";
import type { ToolCatalog } from "./tool_catalog.ts";

export interface LifePowers {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly broker: Pick<
    Broker,
    | "seat"
    | "unseat"
    | "knows"
    | "servedBy"
    | "madeBy"
    | "isOwed"
    | "statistics"
    | "route"
    | "forgetCell"
    | "probe"
  >;
  /** A cell that was started, shared or held is released once. */
  readonly cells: Pick<CellTable, "all" | "start" | "share" | "hold" | "release" | "end">;
  /** A process that waits for a module, held for it. */
  readonly warm: Pick<WarmCells, "take">;
  readonly tools: ToolCatalog;
  readonly states: KeptStates;
  readonly known_tools: KnownTools;
  readonly fates: Fates;
  /** The last lines of a module's log. */
  readonly lastLines: (api: string) => readonly string[];
  /** Whether modules may be changed now. */
  readonly leadership: Leadership;
  readonly emit: EmitEvent;
  readonly log: (level: Level, api: string, message: string) => void;
  /** The module's bundle: from the cache, or from the vet cell. */
  readonly bundle: (planned: PlannedModule) => Promise<Result<string>>;
  /** Texts of the packages that the operator approved for this home, checked; none for a module that is granted none of them. */
  readonly own_packages: (granted: readonly string[]) => Promise<Result<NonNullable<LoadOrder["own_packages"]>>>;
  /** Names of modules' files in a text as a person finds them. */
  readonly inRealPaths: (text: string) => string;
  /** A new one, to be loaded into that cell. */
  readonly nextInstance: (cell: CellId) => InstanceId;
  /** Whether that instance can have been loaded into that cell. */
  readonly maySitIn: (cell: CellId, instance: InstanceId) => boolean;
  /** How many cells may be starting at once. */
  readonly starting: Semaphore;
  readonly home: string;
  /** All modules that name this shared cell: it is started with what they need together. */
  readonly membersOf: (cell: string) => readonly PlannedModule[];
}
