/** How each line is measured: which sessions are opened, what they are told, what is noted. */
import type { Contender, Placement, Session } from "./contender.ts";
import type { FiguresTable } from "./figures_table.ts";
import type { OthersLoad } from "./others_load.ts";
import type { OpenSessions } from "./open_sessions.ts";
import { swapUnderCalls } from "./ours/swap_under_calls.ts";
import { commandLine, megabytesOf, processorMsBetween, processorMsOf, treeOf } from "./process_tree.ts";

export interface Measuring {
  readonly table: FiguresTable;
  readonly sessions: OpenSessions;
  /** Where latency is measured. */
  readonly pinned: Placement;
  readonly quick: boolean;
  /** How many modules a herd has. */
  readonly modules: number;
  readonly others: OthersLoad;
}

/** Calls in a block when the clock is coarse: some 50 ms. */
const BLOCK = 500;
const WARM_UP = { do: "warm up" } as const;

export async function measureCall(contender: Contender, { table, sessions, pinned, quick }: Measuring): Promise<void> {
  await sessions.with(contender, { placement: pinned }, async (session) => {
    await session.order(WARM_UP);
    table.note("call_p50", contender.name, (await session.order({ do: "latency", ms: span(quick) })).p50_us!);
  });
}

export async function measureThroughput(contender: Contender, { table, sessions, quick }: Measuring): Promise<void> {
  await sessions.with(contender, { placement: "free" }, async (session) => {
    await session.order(WARM_UP);
    for (const in_flight of [1, 16, 256] as const) {
      const { calls_per_s, faults } = await session.order({ do: "throughput", in_flight, ms: span(quick) });
      table.note(`rate_${in_flight}`, contender.name, calls_per_s!);
      if (faults! > 0) table.remark(`${contender.name}: ${faults} calls failed with ${in_flight} in flight`);
    }
  });
}

export async function measureModules(contender: Contender, measuring: Measuring): Promise<void> {
  if (contender.name === "http-worker") return;
  const { table, sessions, pinned, quick } = measuring;
  const ms = span(quick);
  await sessions.with(contender, { placement: pinned }, async (session) => {
    await session.order({ do: "in module", order: WARM_UP });
    const { p50_us } = await session.order({ do: "in module", order: { do: "latency", ms, block: BLOCK } });
    table.note("module_p50", contender.name, p50_us!);
  });
  await sessions.with(contender, { placement: "free" }, async (session) => {
    await session.order({ do: "in module", order: WARM_UP });
    const order = { do: "throughput", in_flight: 256, ms } as const;
    const { calls_per_s, faults } = await session.order({ do: "in module", order });
    table.note("module_rate_256", contender.name, calls_per_s!);
    if (faults! > 0) table.remark(`${contender.name}: ${faults} calls from module to module failed`);
  });
}

export async function measureCold(contender: Contender, { table, sessions, quick }: Measuring): Promise<void> {
  await sessions.with(contender, { placement: "free", more: 1 }, async (session) => {
    const { p50_ms } = await session.order({ do: "cold", times: quick ? 5 : 10, pause_ms: 30 });
    table.note("cold", contender.name, p50_ms!);
  });
}

/** Only ours keeps processes ready. */
export async function measureWarm(contender: Contender, { table, sessions, quick }: Measuring): Promise<void> {
  if (contender.name !== "ours") return;
  await sessions.with(contender, { placement: "free", more: 1, warm_cells: 2 }, async (session) => {
    await pause(1_000);
    const cells = treeOf(session.pid).filter((pid) => commandLine(pid).includes("/libs/cell.mjs"));
    // One for each of three modules; what is above that is kept ready.
    if (cells.length <= 3) return table.remark("no process is kept ready yet (meta.yml: warm_cells)");
    const { p50_ms } = await session.order({ do: "cold", times: quick ? 5 : 10, pause_ms: 500 });
    table.note("warm", contender.name, p50_ms!);
  });
}

export async function measureReload(contender: Contender, { table, sessions, quick }: Measuring): Promise<void> {
  if (contender.name !== "ours" && contender.name !== "floor") return;
  await sessions.with(contender, { placement: "free" }, async (session) => {
    await session.order(WARM_UP);
    const order = { do: "reload", times: quick ? 10 : 50, calls_per_s: 500 } as const;
    const { p50_ms, p95_ms, faults } = await session.order(order);
    table.note("reload_p50", contender.name, p50_ms!);
    table.note("reload_p95", contender.name, p95_ms!);
    if (faults! > 0) table.remark(`${contender.name}: ${faults} calls failed during reloads`);
  });
}

/** Nobody else follows itself while it runs. */
export async function measureSwap(contender: Contender, { table, quick }: Measuring): Promise<void> {
  if (contender.name !== "ours") return;
  const swaps = quick ? 4 : 20;
  const figures = await swapUnderCalls({ swaps, calls_per_s: 1_000 });
  table.note("swap_quiet_p99", contender.name, figures.quiet_p99_ms);
  table.note("swap_p99", contender.name, figures.p99_ms);
  table.note("swap_worst", contender.name, figures.worst_ms);
  if (figures.faults > 0) table.remark(`ours: ${figures.faults} calls failed while kernels followed one another`);
  if (figures.swaps !== swaps) table.remark(`ours: ${figures.swaps} of ${swaps} kernels took over`);
}

/** One herd for three figures: how long it takes to start, what it takes in memory, and what it takes when nothing happens. */
export async function measureHerd(
  contender: Contender,
  { table, sessions, quick, modules }: Measuring,
  wanted: { readonly memory: boolean; readonly idle: boolean },
): Promise<void> {
  await sessions.with(contender, { placement: "free", more: modules }, async (session) => {
    table.note("boot", contender.name, (await session.order({ do: "boot", count: modules })).ms!);
    if (!wanted.memory && !wanted.idle) return;
    await pause(SETTLED_MS);
    if (wanted.memory) table.note("memory", contender.name, megabytesOf(treeOf(session.pid)) / modules);
    if (wanted.idle && isProcess(contender)) {
      table.note("idle", contender.name, await percentOfACore(session, quick ? 5_000 : IDLE_MS));
    }
  });
}

/** By then every process has given back what its start took. */
const SETTLED_MS = 10_000;
const IDLE_MS = 20_000;

/** Workers of one process that sleep take nothing; it is processes that have to be looked after. */
function isProcess({ name }: Contender): boolean {
  return name === "ours" || name === "floor";
}

async function percentOfACore({ pid }: Session, ms: number): Promise<number> {
  const before = processorMsOf(treeOf(pid));
  const start = performance.now();
  await pause(ms);
  return 100 * processorMsBetween(before, processorMsOf(treeOf(pid))) / (performance.now() - start);
}

function span(quick: boolean): number {
  return quick ? 1_000 : 1_500;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
