/** `status --watch`: look, show, wait, and again until Ctrl-C, `q` or the end of the host. */
import { ok, refuse, type Result } from "../contract/fault.ts";
import { askHost } from "./ask_host.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { lookAtHost } from "./look_at_host.ts";
import { pause } from "./pause.ts";
import type { ExitCode, Setting } from "./setting.ts";
import { watchInTurn, watchOnScreen } from "./watch_views.ts";

/** Of one module when `api` is given. */
export async function watchStatus(
  setting: Setting,
  api: string | undefined,
  seconds: number,
): Promise<Result<ExitCode>> {
  const { home, json, out } = setting;
  const first = await askHost(setting, "status", api === undefined ? {} : { api });
  if (!first.ok) return first; // said as usual, before anything is taken of the terminal
  const interrupt = listenForInterrupt(["SIGINT", "SIGTERM", "SIGHUP"]);
  const quit = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, quit.signal]);
  const ended = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
  const view = out.terminal && !json ? watchOnScreen(setting, seconds, () => quit.abort()) : watchInTurn(setting);
  try {
    for (;;) {
      const at_ms = performance.now();
      const look = await Promise.race([lookAtHost(home, api, view.events), ended]);
      if (look === undefined) return ok(0);
      if (look.found === "refusal") return refuse(look.fault);
      if (look.found === "end") break;
      await view.take(look, at_ms);
      await pause(seconds * 1_000 - (performance.now() - at_ms), signal);
      if (signal.aborted) return ok(0);
    }
  } finally {
    view.end();
    interrupt.forget();
  }
  out.note("the host has ended");
  return ok(0);
}
