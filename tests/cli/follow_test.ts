import assert from "node:assert/strict";
import { ok } from "../../kernel/contract/fault.ts";
import type { LogRecord } from "../../kernel/contract/control.ts";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import { droppedItem } from "../../kernel/control/dropped_item.ts";
import { PROGRAM, withHost } from "./scripted_host.ts";

const RECORDS: readonly LogRecord[] = [
  { time: "2026-01-01T00:00:00.000Z", level: "INFO", api: "notes", message: "hello" },
  {
    time: "2026-01-01T00:00:01.000Z",
    level: "ERROR",
    api: "notes",
    message: "Error: no\n2026 - INFO - kernel - forged\x1b[2J",
  },
];
const EVENTS: readonly LoggedEvent[] = [
  { time: "2026-01-01T00:00:00.000Z", kind: "module.ready", api: "notes" },
  { time: "2026-01-01T00:00:01.000Z", kind: "limit.hit", api: "notes", message: "memory", detail: { found: 200 } },
];

const droppedLine = droppedItem("logs", 3, 0) as LogRecord;

/** What a child writes, piece by piece. */
class Lines {
  #text = "";
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  constructor(child: Deno.ChildProcess) {
    this.#reader = child.stdout.getReader();
  }
  async next(): Promise<string | undefined> {
    while (!this.#text.includes("\n")) {
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#text += new TextDecoder().decode(value);
    }
    const end = this.#text.indexOf("\n");
    const line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 1);
    return line;
  }
  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }
}

async function stderrOf(child: Deno.ChildProcess): Promise<string> {
  return await new Response(child.stderr).text();
}

Deno.test("logs prints the past in lines that no message can forge", () => {
  let asked: unknown;
  return withHost({
    logs: async (params, stream) => {
      asked = params;
      for (const record of RECORDS) await stream.send(record);
      return ok(null);
    },
  }, async (host) => {
    const ran = await host.run("logs", "notes", "-n", "7");
    assert.deepEqual(asked, { api: "notes", follow: false, lines: 7 });
    const lines = ran.stdout.split("\n");
    assert.equal(lines[0], "2026-01-01T00:00:00.000Z - INFO - notes - hello");
    assert.equal(lines[1], "2026-01-01T00:00:01.000Z - ERROR - notes - Error: no");
    assert.match(lines[2]!, /^ {4}2026 - INFO - kernel - forged/);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(ran.stdout, /\x1b/);
    assert.equal(ran.code, 0);
  });
});

Deno.test("logs --json prints one array", () =>
  withHost({
    logs: async (_params, stream) => {
      for (const record of RECORDS) await stream.send(record);
      return ok(null);
    },
  }, async (host) => assert.deepEqual(JSON.parse((await host.run("logs", "--json")).stdout), RECORDS)));

Deno.test("events prints one line each, and one array with --json", () =>
  withHost({
    events: async (_params, stream) => {
      for (const event of EVENTS) await stream.send(event);
      return ok(null);
    },
  }, async (host) => {
    const { stdout } = await host.run("events");
    assert.equal(
      stdout,
      '2026-01-01T00:00:00.000Z module.ready notes\n2026-01-01T00:00:01.000Z limit.hit notes memory {"found":200}\n',
    );
    assert.deepEqual(JSON.parse((await host.run("events", "--json")).stdout), EVENTS);
    assert.equal((await host.run("events", "-n", "10001")).code, 1);
    assert.equal((await host.run("events", "-n", "10000")).code, 0);
  }));

Deno.test("logs -f --json prints JSON Lines as they come and ends well on Ctrl-C", () => {
  let gone = false;
  return withHost({
    logs: async (_params, stream) => {
      await stream.send(RECORDS[0]!);
      setTimeout(() => stream.push(RECORDS[1]!), 300);
      await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
      gone = true;
      return ok(null);
    },
  }, async (host) => {
    const child = host.start("logs", "-f", "--json");
    const lines = new Lines(child);
    assert.deepEqual(JSON.parse((await lines.next())!), RECORDS[0]);
    assert.deepEqual(JSON.parse((await lines.next())!), RECORDS[1]);
    child.kill("SIGINT");
    assert.equal(await lines.next(), undefined);
    assert.equal((await child.status).code, 0);
    assert.equal(await stderrOf(child), "");
    assert.equal(gone, true);
  });
});

Deno.test("events -f ends well when the host ends in order", () =>
  withHost({
    events: async (_params, stream) => {
      await stream.send(EVENTS[0]!);
      await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
      return ok(null);
    },
  }, async (host) => {
    const child = host.start("events", "-f");
    const lines = new Lines(child);
    assert.equal(await lines.next(), "2026-01-01T00:00:00.000Z module.ready notes");
    await host.end();
    assert.equal(await lines.next(), undefined);
    assert.equal((await child.status).code, 0);
    await stderrOf(child);
  }));

Deno.test("logs -f ends well when the host is killed, and says so on stderr", () =>
  withHost({
    logs: async (_params, stream) => {
      await stream.send(RECORDS[0]!);
      return await new Promise(() => {}); // never answers: what a killed host looks like from outside
    },
  }, async (host) => {
    const child = host.start("logs", "-f");
    const lines = new Lines(child);
    await lines.next();
    await host.end();
    assert.equal(await lines.next(), undefined);
    assert.equal((await child.status).code, 0);
    assert.equal(await stderrOf(child), "the host has ended\n");
  }));

Deno.test("logs -f attaches to the next kernel, and asks it for what came after the last line it has shown", () => {
  const asked: unknown[] = [];
  return withHost({
    logs: async (params, stream) => {
      asked.push(params);
      const round = asked.length;
      await stream.send({ ...RECORDS[0]!, message: `round ${round}`, id: `${round}-5` });
      if (round === 1) setTimeout(() => stream.push(droppedLine), 50); // has no id of its own
      if (round === 3) stream.push({ ...RECORDS[0]!, message: "the end" });
      await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
      return ok(null);
    },
  }, async (host) => {
    const child = host.start("logs", "notes", "-f", "-n", "1", "--level", "INFO", "--grep", "n");
    const lines = new Lines(child);
    assert.match((await lines.next())!, /round 1$/);
    assert.match((await lines.next())!, /left out here: the reader was too slow$/);
    await host.lose();
    assert.match((await lines.next())!, /round 2$/);
    await host.lose();
    assert.match((await lines.next())!, /round 3$/);
    assert.match((await lines.next())!, /the end$/);
    await host.end();
    assert.equal(await lines.next(), undefined);
    assert.equal((await child.status).code, 0);
    assert.equal(await stderrOf(child), "the host has ended\n");
    const first = { api: "notes", follow: true, lines: 1, level: "INFO", grep: "n" };
    assert.deepEqual(asked, [first, { ...first, after: "1-5" }, { ...first, after: "2-5" }]);
  });
});

Deno.test("events -f that has shown nothing asks the next kernel for what came since it began", () => {
  const asked: { since?: string }[] = [];
  return withHost({
    events: async (params, stream) => {
      asked.push(params);
      if (asked.length === 2) await stream.send(EVENTS[0]!);
      await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
      return ok(null);
    },
  }, async (host) => {
    const before = new Date().toISOString();
    const child = host.start("events", "-f", "-n", "0");
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const after = new Date().toISOString();
    await host.lose();
    const lines = new Lines(child);
    assert.equal(await lines.next(), "2026-01-01T00:00:00.000Z module.ready notes");
    const { since, ...rest } = asked[1]!;
    assert.deepEqual(rest, { follow: true, lines: 10_000 });
    assert.ok(before <= since! && since! <= after);
    child.kill("SIGTERM");
    assert.equal((await child.status).code, 0);
    await lines.cancel();
    await stderrOf(child);
  });
});

Deno.test("logs -f ends at once on Ctrl-C while there is no kernel", () =>
  withHost({
    logs: async (_params, stream) => {
      await stream.send(RECORDS[0]!);
      return await new Promise(() => {});
    },
  }, async (host) => {
    const child = host.start("logs", "-f");
    const lines = new Lines(child);
    await lines.next();
    await host.lose({ for_good: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill("SIGINT");
    assert.equal((await child.status).code, 0);
    await lines.cancel();
    assert.equal(await stderrOf(child), "");
  }));

Deno.test("logs refuses a level, a time and a text that mean nothing", () =>
  withHost({}, async (host) => {
    const refusal = async (...args: string[]) => {
      const { code, stderr } = await host.run("logs", ...args);
      assert.equal(code, 1);
      return stderr;
    };
    assert.match(await refusal("--level", "LOUD"), /Allowed are DEBUG, INFO/);
    assert.match(await refusal("--since", "soon"), /such as 10m, 2h/);
    assert.match(await refusal("--grep", ""), /1 to 1000 characters/);
  }));

Deno.test("logs and events that find nothing say so on stderr, and which names there are to be found", () =>
  withHost({ logs: () => Promise.resolve(ok(null)), events: () => Promise.resolve(ok(null)) }, async (host) => {
    const said = async (...args: string[]) => {
      const { code, stdout, stderr } = await host.run(...args);
      assert.deepEqual([code, stdout], [0, args.includes("--json") ? "[]\n" : ""]);
      return stderr;
    };
    assert.equal(await said("logs", "nots"), "no lines of 'nots' there; 'status' lists the apis\n");
    assert.equal(await said("events"), "no events there\n");
    assert.equal(await said("logs", "-n", "0"), "no records, as you asked for none of the past\n");
    assert.equal(await said("logs", "--json"), "");
  }));

Deno.test("a reader who leaves ends a command quietly", () =>
  withHost({
    logs: async (_params, stream) => {
      while (!stream.signal.aborted) await stream.send({ ...RECORDS[0]!, message: "x".repeat(10_000) });
      return ok(null);
    },
  }, async (host) => {
    const script =
      `"$0" run -A --cached-only --no-check --quiet --config="$1/deno.json" "$1/main.ts" logs -f --home "$2" | head -n 1`;
    const child = new Deno.Command("/bin/bash", {
      args: ["-c", `set -o pipefail; ${script}`, Deno.execPath(), PROGRAM, host.home],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
    const { code, stdout, stderr } = await child.output();
    assert.equal(new TextDecoder().decode(stderr), "");
    assert.equal(new TextDecoder().decode(stdout).split("\n").length, 2);
    assert.equal(code, 0);
  }));
