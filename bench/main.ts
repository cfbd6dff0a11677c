/** `deno task bench`: measures the machine beside its floor and its peers, in one run and in turn. docs/performance.md tells how to read it. */
import { fetchPeers, FLOOR, OURS, PEERS } from "./contenders.ts";
import { FiguresTable } from "./figures_table.ts";
import { OthersLoad } from "./others_load.ts";
import { OpenSessions } from "./open_sessions.ts";
import { type Options, parseOptions } from "./options.ts";
import { whyNotPinned } from "./placement.ts";
import { whyNoProc } from "./process_tree.ts";
import { chart } from "./report/chart.ts";
import { jsonDocument } from "./report/json_document.ts";
import { machineOf, sayMachine } from "./report/machine.ts";
import { textTable } from "./report/text_table.ts";
import { runRounds } from "./run_rounds.ts";

const RESULTS = new URL("results", import.meta.url).pathname;

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 1;
  const modules = options.quick ? 20 : 100;
  const table = new FiguresTable(modules);
  await using sessions = new OpenSessions();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, async () => {
      await sessions[Symbol.asyncDispose]();
      Deno.exit(130);
    });
  }
  const no_peers = await fetchPeers();
  if (no_peers !== undefined) table.remark(no_peers);
  const unpinned = whyNotPinned();
  if (unpinned !== undefined) table.remark(`nothing is pinned: ${unpinned}`);
  const no_proc = whyNoProc();
  if (no_proc !== undefined) table.remark(no_proc);
  const only = options.only.filter((line) => no_proc === undefined || (line !== "memory" && line !== "idle"));
  const contenders = [OURS, FLOOR, ...no_peers === undefined ? PEERS : []];
  const measuring = {
    table,
    sessions,
    pinned: unpinned === undefined ? "pinned" : "free",
    quick: options.quick,
    modules,
    others: new OthersLoad(),
  } as const;
  await runRounds(contenders, { ...options, only }, measuring, progress);
  progress("");
  const others = measuring.others.remark();
  if (others !== undefined) table.remark(others);
  const machine = machineOf();
  console.log(`${sayMachine(machine)}; medians of ${rounds(options)}\n\n${textTable(table)}`);
  for (const remark of table.remarks) console.log(remark);
  const measured = { time: new Date().toISOString(), quick: options.quick };
  const documents = {
    "json": jsonDocument(table, machine, measured),
    "svg": chart(
      table,
      `${sayMachine(machine)}, ${rounds(options)}${others === undefined ? "" : ", a busy machine"}. Left is better.`,
    ),
  };
  for (const [extension, text] of Object.entries(documents)) await write(`${RESULTS}/latest.${extension}`, text);
  if (options.snapshot !== undefined) await write(`${options.snapshot}/performance.svg`, documents.svg);
  return 0;
}

function rounds({ rounds, quick }: Options): string {
  return `${rounds} ${rounds === 1 ? "round" : "rounds"}${quick ? " (quick)" : ""}`;
}

async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(path.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeTextFile(path, text);
}

function readOptions(args: readonly string[]) {
  try {
    return parseOptions(args);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

/** One line that is written over, on a terminal; else a line each. */
function progress(text: string): void {
  const line = Deno.stderr.isTerminal() ? `\r\x1b[K${text}` : text === "" ? "" : `${text}\n`;
  Deno.stderr.writeSync(new TextEncoder().encode(line));
}

if (import.meta.main) Deno.exit(await main(Deno.args));
