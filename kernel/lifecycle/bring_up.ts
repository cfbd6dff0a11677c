/**
 * Brings a new instance up beside whatever runs: bundle, cell, Worker, constructor. Nothing is routed to it yet. What fails leaves nothing behind
 * and never throws.
 */
import { type Fault, fault, ok, refuse, type Result } from "../contract/fault.ts";
import { NO_GRANTS, type PlannedModule } from "../contract/spec.ts";
import type { LoadOrder } from "../contract/wire.ts";
import type { Cell, Loaded } from "../cell/mod.ts";
import type { Seat } from "../broker/mod.ts";
import { cellNeeds, type Instance, seatOf } from "./instance.ts";
import type { LifePowers } from "./life_powers.ts";

export interface BringUpOptions {
  readonly awaits_state?: boolean;
  /** What it hears of services: it reaches nobody, and the names of its tools stay whose they are. */
  readonly apart?: Seat["apart"];
}

export async function bringUp(
  planned: PlannedModule,
  powers: LifePowers,
  { awaits_state = false, apart }: BringUpOptions = {},
): Promise<Result<Instance>> {
  const bundle = await powers.bundle(planned).catch((error) => {
    return refuse(fault("internal", `the source of '${planned.spec.api}' could not be prepared: ${error}`));
  });
  if (!bundle.ok) return bundle;
  const own = await powers.own_packages(planned.spec.grants.packages).catch((error) => {
    return refuse(fault("internal", `the packages of '${planned.spec.api}' could not be read: ${error}`));
  });
  if (!own.ok) return own;
  const warm = planned.spec.cell === "own" ? powers.warm.take(planned.spec.api, cellNeeds(planned)) : undefined;
  // Only processes are counted: a module that hangs while it loads must not keep others from starting.
  const cell = warm !== undefined ? ok(warm) : await powers.starting.run(() => acquireCell(planned, powers));
  if (!cell.ok) return cell;
  const order = {
    ...loadOrder(planned, bundle.value, powers.home),
    ...(own.value.length > 0 && { own_packages: own.value }),
  };
  return await loadInto(cell.value, planned, awaits_state ? { ...order, awaits_state } : order, powers, apart);
}

async function loadInto(
  cell: Cell,
  planned: PlannedModule,
  order: LoadOrder,
  powers: LifePowers,
  apart: Seat["apart"],
): Promise<Result<Instance>> {
  const { spec } = planned;
  const id = powers.nextInstance(cell.id);
  const own = seatOf(id, planned, cell.port);
  const seat = apart === undefined ? own : { ...own, grants: NO_GRANTS, apart };
  powers.broker.seat(seat); // its constructor may call services
  const loaded = await cell.load(id, spec.api, order);
  const why = refusalOf(loaded, planned, cell, powers, apart);
  if (!loaded.ok || why !== undefined) {
    discard({ cell, id }, why!, powers);
    return refuse(why!);
  }
  return ok({ id, planned, cell, seat, ...loaded.value, started_at: powers.clock.now() });
}

function refusalOf(
  loaded: Result<Loaded>,
  { spec: { api } }: PlannedModule,
  cell: Cell,
  { tools, inRealPaths }: LifePowers,
  apart: Seat["apart"],
): Fault | undefined {
  if (!loaded.ok) return { ...loaded.fault, message: inRealPaths(loaded.fault.message) };
  if (cell.gone()) return fault("module_killed", `the process of '${api}' ended while it started`);
  return apart !== undefined ? undefined : tools.reserve(api, loaded.value.tools);
}

/** A cell of its own, or the shared one when that was started with enough; else a new process under the shared name. */
async function acquireCell(planned: PlannedModule, powers: LifePowers): Promise<Result<Cell>> {
  const { spec } = planned;
  if (spec.cell === "own") return await powers.cells.start(spec.api, cellNeeds(planned));
  const members = powers.membersOf(spec.cell);
  const needs = (members.length > 0 ? members : [planned]).map(cellNeeds);
  return await powers.cells.share(spec.cell, cellNeeds(planned), {
    folders: needs.flatMap((need) => need.folders),
    net: needs.flatMap((need) => need.net),
    limits: {
      memory_mb: needs.reduce((sum, need) => sum + need.limits.memory_mb, 0),
      heap_mb: Math.max(...needs.map((need) => need.limits.heap_mb)),
    },
  });
}

/** Takes away an instance that never served. */
export function discard(
  { cell, id }: Pick<Instance, "cell" | "id">,
  why: Fault,
  { broker, cells }: Pick<LifePowers, "broker" | "cells">,
): void {
  broker.unseat(id, fault("load_failed", why.message));
  cell.unload(id);
  void cells.release(cell, "its module did not come to serve");
}

function loadOrder(planned: PlannedModule, code: string, home: string): LoadOrder {
  const { api, version, grants, limits, own } = planned.spec;
  const { folders, any_net } = cellNeeds(planned);
  return {
    api,
    hash: planned.hash,
    version,
    code,
    own,
    packages: grants.packages,
    builtins: grants.builtins,
    home,
    folders,
    net: grants.net, // brings `fetch`; the Worker's own net is narrower
    ...(any_net && { any_net }),
    listen: grants.listen,
    wasm: grants.wasm,
    limits,
    kernel: grants.kernel,
  };
}
