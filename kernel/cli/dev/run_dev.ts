/** `plugin dev` from its first line to its last: everything it started is ended behind it. */
import { ok, type Result } from "../../contract/fault.ts";
import { type Homes, watchTypes } from "../../workbench/mod.ts";
import { safeText } from "../safe_text.ts";
import type { ExitCode } from "../setting.ts";
import { attachHost } from "./attach_host.ts";
import { followModule } from "./follow_module.ts";
import { runLine } from "./run_line.ts";
import { openScreen, type ScreenStreams } from "./screen.ts";
import { tellOnce } from "./tell_once.ts";
import { describeLook, watchSources } from "./watch_sources.ts";

export interface DevOptions {
  readonly homes: Homes;
  readonly named: string;
  readonly colour: boolean;
  readonly streams: ScreenStreams;
}

export async function runDev({ homes, named, colour, streams }: DevOptions): Promise<Result<ExitCode>> {
  const { home } = homes;
  using types = watchTypes(homes);
  const first = await types.look(named, undefined);
  if (!first.ok) return first;
  const { api } = first.value!;
  let known: string | undefined = first.value!.hash;
  const say = (text: string) => void streams.output.write(`${text}\n`);

  const attached = await attachHost(home, say);
  if (!attached.ok) return attached;
  await using host = attached.value;
  say(`${api}: ${host.started ? "started a host" : "attached to the host that runs"}; .help shows what can be typed`);

  const screen = openScreen(`${api}> `, streams, () => screen.close());
  const deafen = onSignals(() => screen.close());
  void host.ended.then(() => screen.close());
  const once = tellOnce(() => performance.now());
  const show = (texts: readonly string[]) => texts.filter(once).forEach((text) => screen.print(safeText(text)));
  show(describeLook(first));
  const follower = followModule({ home, api, colour, print: screen.print, once });
  const sources = watchSources(home, async () => {
    const found = await types.look(named, known);
    if (found.ok && found.value !== undefined) known = found.value.hash;
    show(describeLook(found));
  });
  try {
    screen.ready();
    for await (const line of screen.lines) {
      if (await runLine(line, { home, api, colour, print: screen.print }) === "quit") break;
      screen.ready();
    }
  } finally {
    screen.close();
    deafen();
    sources.stop();
    follower.stop();
    await Promise.all([sources.ended, follower.ended]);
  }
  return ok(0);
}

/** Of a terminal readline tells; these are for everybody else. */
function onSignals(then: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, then);
  return () => signals.forEach((signal) => Deno.removeSignalListener(signal, then));
}
