/** `deno task bench`: measures the machine beside its floor and its peers, in one run and in turn. docs/performance.md tells how to read it. */
import type { Contender, Placement, Session } from "./contender.ts";
import { piped } from "./piped_session.ts";
import { ours } from "./ours/bench_host.ts";
import { whyNotPinned } from "./placement.ts";

const quick = Deno.args.includes("--quick");
const only = Deno.args[Deno.args.indexOf("--only") + 1]?.split(",");
const rounds = quick ? 1 : Number(Deno.args[Deno.args.indexOf("--rounds") + 1]) || 3;
const ms = quick ? 1_500 : 2_000;

const contenders: readonly Contender[] = [ours, piped("floor", "floor/host.ts")];
const found = new Map<string, number[]>();
const open = new Set<Session>();
Deno.addSignalListener("SIGINT", async () => {
  await Promise.all([...open].map((session) => session[Symbol.asyncDispose]()));
  Deno.exit(130);
});

function note(line: string, contender: string, value: number): void {
  const key = `${line}\t${contender}`;
  found.set(key, [...found.get(key) ?? [], value]);
}

async function measure(contender: Contender, placement: Placement, run: (session: Session) => Promise<void>) {
  const session = await contender.open(placement);
  open.add(session);
  try {
    await session.order({ do: "warm up" });
    await run(session);
  } finally {
    await session[Symbol.asyncDispose]();
    open.delete(session);
  }
}

const wanted = (name: string) => only === undefined || !Deno.args.includes("--only") || only.includes(name);
const unpinned = whyNotPinned();
if (unpinned !== undefined) console.log(`not pinned: ${unpinned}`);
for (let round = 0; round < rounds; round++) {
  for (const contender of contenders) {
    if (wanted("call")) {
      await measure(contender, unpinned === undefined ? "pinned" : "free", async (session) => {
        note("call p50 µs", contender.name, (await session.order({ do: "latency", ms })).p50_us!);
      });
    }
    if (wanted("throughput")) {
      await measure(contender, "free", async (session) => {
        for (const in_flight of [1, 16, 256]) {
          const { calls_per_s, faults } = await session.order({ do: "throughput", in_flight, ms });
          if (faults! > 0) console.log(`${contender.name}: ${faults} faults with ${in_flight} in flight`);
          note(`calls/s, ${in_flight} in flight`, contender.name, calls_per_s!);
        }
      });
    }
  }
}
for (const [key, values] of [...found].sort()) {
  values.sort((a, b) => a - b);
  console.log(`${key}\t${values[values.length >> 1]!.toFixed(1)}\t(${values.map((v) => v.toFixed(1)).join(" ")})`);
}
Deno.exit(0);
