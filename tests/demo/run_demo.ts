/** One host for the whole demo, in a home of its own: started, played in by each way, stopped and, unless it is kept, removed. */
import { RunningHost, writeFiles } from "../flows/running_host.ts";
import type { ModelServer } from "../model_server/mod.ts";
import type { Options } from "./options.ts";
import { playWay } from "./play_way.ts";
import { checkOutcome, storyFiles } from "./story.ts";
import type { Told } from "./told.ts";

export interface Demo extends Options {
  readonly server: ModelServer;
  readonly tell: (told: Told) => void;
  /** Ends it early: the host stops in order, and this throws. */
  readonly signal: AbortSignal;
}

export async function runDemo({ ways, keep, server, tell, signal }: Demo): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "demo-" });
  try {
    await writeFiles(home, storyFiles(server));
    await runIn(home, { ways, keep, server, tell, signal });
  } finally {
    if (keep) tell({ kind: "kept", home });
    else await Deno.remove(home, { recursive: true });
  }
}

async function runIn(home: string, { ways, server, tell, signal }: Demo): Promise<void> {
  tell({ kind: "host", text: `starts in ${home}` });
  const host = await RunningHost.startIn(home);
  const stop = () => void host.stop();
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    const { modules } = await host.status();
    tell({ kind: "host", text: `runs ${modules.map(({ api }) => api).join(", ")}` });
    for (const way of ways) {
      tell({ kind: "way", name: way.name, what: way.what });
      checkOutcome(await playWay(way, { server, host, tell }));
    }
    tell({ kind: "end", ways: ways.map(({ name }) => name) });
  } finally {
    await host.stop();
    signal.removeEventListener("abort", stop);
  }
}
