/** `status --watch` on a real terminal, and into a pipe. */
import assert from "node:assert/strict";
import { fault, ok, refuse } from "../../kernel/contract/fault.ts";
import type { ControlHandlers } from "../../kernel/control/mod.ts";
import { hasTerminal, onTerminal } from "./on_terminal.ts";
import { aModule } from "./a_module.ts";
import { command, withHost } from "./scripted_host.ts";

const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
const LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l";
// deno-lint-ignore no-control-regex
const ESCAPES = /\x1b\[[0-9;?]*[a-zA-Z]/g;
const TERMINAL = { ignore: !await hasTerminal() };

function answering(): Partial<ControlHandlers> {
  let calls = 0;
  return {
    status: ({ api }) => {
      if (api === "nobody") return Promise.resolve(refuse(fault("not_found", "no module claims api 'nobody'")));
      const kernel = { version: "0.1.0", config: "meta.yml", pid: 7, uptime: 5, memory_mb: 60, cpu_s: 1 };
      return Promise.resolve(ok({ kernel, modules: [aModule({ api: "notes", calls: calls += 10 })] }));
    },
    events: async (_, stream) => {
      await stream.send({ time: new Date().toISOString(), kind: "module.ready", api: "notes" });
      return ok(null);
    },
  };
}

for (
  const [how, step] of [
    ["q", { key: "q" }],
    ["the escape key", { key: "\x1b" }],
    ["Ctrl-C", { key: "\x03" }],
    ["SIGTERM", { signal: "SIGTERM" }],
    ["a hang-up", { signal: "SIGHUP" }],
  ] as const
) {
  Deno.test({
    ...TERMINAL,
    name: `status --watch gives the terminal back after ${how}`,
    fn: () =>
      withHost(answering(), async ({ home }) => {
        const run = await onTerminal(home, ["status", "--watch", "0.2"], [{ wait: "EVENTS" }, {
          wait: "EVENTS",
          ...step,
        }]);
        assert.equal(run.code, 0);
        assert.ok(run.output.startsWith(ENTER));
        assert.ok(run.output.trimEnd().endsWith(LEAVE), JSON.stringify(run.output.slice(-100)));
        assert.ok(run.restored);
        const text = run.output.replace(ESCAPES, "");
        assert.match(text, /meta-machine 0\.1\.0, kernel by meta\.yml, pid 7, up 5s +every 0\.2 s, q ends/);
        assert.match(text, /1 of 1 modules run {3}[\d.]+ calls\/s/);
        assert.match(text, /module\.ready +notes/);
      }),
  });
}

Deno.test({
  ...TERMINAL,
  name: "status --watch gives the terminal back while it is suspended, and takes it again",
  fn: () =>
    withHost(answering(), async ({ home }) => {
      const run = await onTerminal(home, ["status", "--watch", "0.2"], [
        { wait: "EVENTS", key: "\x1a" },
        { wait: LEAVE, stopped: true },
        { signal: "SIGCONT" },
        { wait: "EVENTS", key: "q" },
      ]);
      assert.equal(run.code, 0);
      const [before, after, ...more] = run.output.split(LEAVE);
      assert.ok(before!.startsWith(ENTER) && after!.includes(ENTER));
      assert.equal(more.length, 1);
      assert.ok(run.restored);
    }),
});

Deno.test({
  ...TERMINAL,
  name: "status --watch fits itself into a terminal that changes its size",
  fn: () =>
    withHost(answering(), async ({ home }) => {
      const run = await onTerminal(home, ["status", "--watch", "60"], [
        { wait: "EVENTS", size: [8, 40] },
        { wait: "MIB", key: "q" },
      ]);
      const small = run.output.slice(run.output.lastIndexOf("\x1b[H")).split(LEAVE)[0]!.replace(ESCAPES, "");
      const lines = small.split(/\r+\n/);
      assert.ok(lines.length <= 8 && lines.every((line) => line.length <= 40), JSON.stringify(lines));
      assert.equal(run.code, 0);
    }),
});

Deno.test({
  ...TERMINAL,
  name: "status --watch says when the kernel is silent, and ends with the host",
  fn: () => {
    let looks = 0;
    let end = () => {};
    const { status, events } = answering();
    return withHost({
      events: events!,
      status: (...args) => {
        if (++looks === 3) end();
        return status!(...args);
      },
    }, async (host) => {
      end = () => void host.lose({ for_good: true }).then(() => setTimeout(() => void host.end(), 800));
      const run = await onTerminal(host.home, ["status", "--watch", "0.2"], []);
      assert.equal(run.code, 0);
      assert.match(run.output.replace(ESCAPES, ""), / the kernel does not answer {2}meta-machine/);
      assert.ok(run.output.includes(`${LEAVE}the host has ended`));
      assert.ok(run.restored);
    });
  },
});

Deno.test({
  ...TERMINAL,
  name: "status --watch that can't begin takes nothing of the terminal",
  fn: () =>
    withHost(answering(), async ({ home }) => {
      const run = await onTerminal(home, ["status", "nobody", "--watch"], []);
      assert.equal(run.code, 1);
      assert.match(run.output, /^no module claims api 'nobody'/);
      assert.ok(!run.output.includes("\x1b[?"));
    }),
});

Deno.test("status --watch into a pipe prints a table each time, with --json a line each time", () =>
  withHost(answering(), async ({ home, run }) => {
    const read = async (wanted: number, ...args: string[]) => {
      const child = command(["status", "--watch", "0.1", ...args, "--home", home]).spawn();
      let text = "";
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.split("\n").length > wanted) break;
      }
      child.kill("SIGINT");
      const { code } = await child.status;
      await child.stderr.cancel();
      return { text, code };
    };
    const tables = await read(15);
    assert.equal(tables.code, 0);
    assert.match(tables.text, /^\S+Z {2}meta-machine 0\.1\.0[^\n]*\n1 of 1 modules run {3}- calls\/s[^\n]*\n\nAPI /);
    assert.match(tables.text, /\n\n\S+Z {2}meta-machine/);
    assert.ok(!tables.text.includes("\x1b"));
    const lines = (await read(3, "--json")).text.split("\n").slice(0, 2).map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ modules }) => modules[0].api), ["notes", "notes"]);
    assert.match(
      (await run("status", "--watch", "notes")).stderr,
      /a number of seconds from 0\.1 to 3600; an api name/,
    );
  }));
