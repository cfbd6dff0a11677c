import assert from "node:assert/strict";
import { retainLogs } from "../../kernel/bootstrap/retain_logs.ts";
import { META_DEFAULTS, type MetaConfig } from "../../kernel/contract/meta_config.ts";
import type { Files } from "../../kernel/contract/powers.ts";
import { DAY_MS, type HostLog } from "../../kernel/events/mod.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { writeFiles } from "../flows/running_host.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

interface Kit {
  readonly home: string;
  readonly clock: FakeClock;
  readonly said: string[];
  start(meta: Partial<MetaConfig>, files?: Files): () => void;
  logs(): string[];
  /** Writes a log that was last written so many days before now. */
  aged(path: string, days: number): Promise<void>;
}

async function withKit(test: (kit: Kit) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  const clock = new FakeClock();
  const said: string[] = [];
  const log = {
    info: (text: string) => said.push(text),
    warning: (text: string) => said.push(text),
  } as unknown as HostLog;
  await test({
    home,
    clock,
    said,
    start: (meta, files = denoFiles) =>
      retainLogs({ files, clock, home, log }, { prog: "kernel", ...META_DEFAULTS, ...meta }),
    logs: () =>
      [...Deno.readDirSync(`${home}/runtime/logs`)].filter(({ isFile }) => isFile).map(({ name }) => name).sort(),
    aged: async (path, days) => {
      await writeFiles(home, { [`runtime/logs/${path}`]: "x\n" });
      const then = new Date(clock.now() - days * DAY_MS);
      await Deno.utime(`${home}/runtime/logs/${path}`, then, then);
    },
  });
  await Deno.remove(home, { recursive: true });
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 50));

Deno.test("retainLogs removes what is too old of all three logs, at the start and then each day", () =>
  withKit(async ({ start, aged, logs, clock, said }) => {
    for (const name of ["host.jsonl", "host.1.jsonl", "events.1.jsonl", "watchdog.log.1", "other.1.jsonl"]) {
      await aged(name, 6.5);
    }
    for (const name of ["host.2.jsonl", "events.2.jsonl", "watchdog.log.2"]) await aged(name, 8);
    const end = start({ log_keep_days: 7 });
    await turn();
    assert.deepEqual(logs(), ["events.1.jsonl", "host.1.jsonl", "host.jsonl", "other.1.jsonl", "watchdog.log.1"]);
    assert.equal(said.length, 3);
    clock.advance(DAY_MS - 1);
    await turn();
    assert.equal(logs().length, 5);
    clock.advance(1);
    await turn();
    assert.deepEqual(logs(), ["host.jsonl", "other.1.jsonl"]);
    await aged("host.1.jsonl", 30);
    end();
    clock.advance(2 * DAY_MS);
    await turn();
    assert.deepEqual([logs().includes("host.1.jsonl"), clock.pending], [true, 0]);
  }));

Deno.test("retainLogs removes what a smaller number of files leaves over, wherever the event log is", () =>
  withKit(async ({ start, aged, logs, home }) => {
    for (const n of [1, 2, 3]) await aged(`host.${n}.jsonl`, 0);
    for (const n of [1, 2, 3]) await aged(`deep/what.${n}.jsonl`, 0);
    start({ log_keep: 2, event_log: "runtime/logs/deep/what.jsonl" })();
    await turn();
    assert.deepEqual(logs(), ["host.1.jsonl", "host.2.jsonl"]);
    assert.deepEqual([...Deno.readDirSync(`${home}/runtime/logs/deep`)].length, 2);
  }));

Deno.test("retainLogs says what it could not remove, and goes on with the other logs", () =>
  withKit(async ({ start, aged, logs, said }) => {
    for (const name of ["host.9.jsonl", "watchdog.log.9"]) await aged(name, 0);
    const remove: Files["remove"] = (path) =>
      path.includes("watchdog") ? Promise.reject(new Error("no")) : denoFiles.remove(path);
    start({}, { ...denoFiles, remove })();
    await turn();
    assert.deepEqual(logs(), ["watchdog.log.9"]);
    assert.match(
      said.join("\n"),
      /Cannot look after the logs in runtime\/logs: no\nremoved runtime\/logs\/host\.9\.jsonl/,
    );
  }));
