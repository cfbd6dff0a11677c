/** `stop`: ends the host in order and waits until it has gone. */
import type { Command } from "commander";
import { type Fault, fault, ok, refuse } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { lockHolder } from "./lock_holder.ts";
import { pause } from "./pause.ts";
import { progressLine } from "./progress_line.ts";
import type { RunCommand } from "./setting.ts";

/** An orderly stop has 5 s, and the watchdog a little more to see that everything is gone. */
const GONE_MS = 6_000;
const LOOK_MS = 50;

export function declareStop(program: Command, run: RunCommand): void {
  program.command("stop")
    .description("end the host in order and wait until it has gone")
    .addHelpText("after", examples("stop"))
    .action(() =>
      run(async (setting) => {
        const { home, json, out } = setting;
        const answer = await askHost(setting, "stop", {});
        const asked = answer.ok || answer.fault.maybe_ran || await askWatchdog(home);
        if (!asked) return answer.fault.code === "service_down" ? refuse(nothingToStop(home)) : answer;
        const line = progressLine(!json);
        const left = await waitUntilFree(home, (ms) => line.show(`the host ends its modules (${ms / 1_000} s)`));
        line.clear();
        if (left !== undefined) {
          return refuse(fault("timeout", `the host of ${home} still runs after ${GONE_MS / 1000} s (pid ${left})`, {
            hint: `'logs' may tell what it waits for; 'kill -9 ${left}' ends it at once and loses no acknowledged data`,
          }));
        }
        if (json) await answerJson(out, { home, stopped: true });
        else await answerText(out, `stopped the host of ${home}`);
        return ok(0);
      })
    );
}

function nothingToStop(home: string): Fault {
  return fault("service_down", `no host runs in ${home}: there is nothing to stop`, {
    hint: "name the home of the host you mean with --home",
  });
}

/** A host whose kernel does not answer still has a parent that knows what SIGTERM means. True when there was one to ask. */
async function askWatchdog(home: string): Promise<boolean> {
  const holder = await lockHolder(home);
  if (holder.state === "free" || holder.pid === undefined) return false;
  try {
    Deno.kill(holder.pid, "SIGTERM");
    return true;
  } catch {
    return false; // another user's, or gone in this moment
  }
}

/** The holder's pid when it still holds the lock at the end; the lock is the last thing that a host gives back. */
async function waitUntilFree(
  home: string,
  waiting: (ms: number) => void,
): Promise<number | "unknown" | undefined> {
  const began = performance.now();
  const deadline = began + GONE_MS;
  for (;;) {
    const holder = await lockHolder(home);
    if (holder.state === "free") return undefined;
    if (performance.now() > deadline) return holder.pid ?? "unknown";
    await pause(LOOK_MS);
    const ms = Math.floor((performance.now() - began) / 1_000) * 1_000;
    if (ms > 0) waiting(ms);
  }
}
