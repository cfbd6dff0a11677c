import assert from "node:assert/strict";
import { ok } from "../../kernel/contract/fault.ts";
import { holdLock } from "./hold_lock.ts";
import { runProgram, withHome, withHost } from "./scripted_host.ts";

const STATUS = { kernel: { version: "0.1.0", config: "meta.yml", pid: 1, uptime: 5 }, modules: [] };

Deno.test("a command says where no host runs, on stderr and with exit 1", () =>
  withHome(async (home) => {
    const ran = await runProgram("status", "--home", home);
    assert.equal(ran.code, 1);
    assert.equal(ran.stdout, "");
    assert.match(ran.stderr, new RegExp(`^no host runs in ${home}: start it with 'deno task start'\nhint: `));
  }));

Deno.test("a command with --json says where no host runs as one document on stdout", () =>
  withHome(async (home) => {
    const ran = await runProgram("status", "--json", "--home", home);
    assert.equal(ran.code, 1);
    assert.equal(ran.stderr, "");
    const { error } = JSON.parse(ran.stdout);
    assert.deepEqual(Object.keys(error), ["code", "message", "hint", "retriable", "maybe_ran"]);
    assert.equal(error.code, "service_down");
    assert.equal(error.message, `no host runs in ${home}: start it with 'deno task start'`);
  }));

Deno.test("logs and events read what the last host wrote, as they would ask a host, and say so on stderr", () =>
  withHome(async (home) => {
    const none = await runProgram("logs", "--home", home);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /^no host runs in .*: start it/);
    const line = (n: number, level = "INFO") =>
      JSON.stringify({ time: `2026-01-31T12:00:0${n}.000Z`, level, api: "notes", message: `line ${n}` });
    await Deno.mkdir(`${home}/runtime/logs`, { recursive: true });
    await Deno.writeTextFile(`${home}/runtime/logs/host.1.jsonl`, [line(1), line(2, "ERROR"), ""].join("\n"));
    await Deno.writeTextFile(`${home}/runtime/logs/host.jsonl`, [line(3), line(4, "ERROR"), '{"torn'].join("\n"));
    const ran = await runProgram("logs", "-n", "2", "--level", "ERROR", "--home", home);
    assert.equal(ran.code, 0);
    assert.equal(ran.stderr, `no host runs in ${home}: this is what the last one wrote\n`);
    assert.match(ran.stdout, /^\S+ - ERROR - notes - line 2\n\S+ - ERROR - notes - line 4\n$/);
    assert.equal(JSON.parse((await runProgram("logs", "--json", "--home", home)).stdout).length, 4);

    await Deno.mkdir(`${home}/configs`);
    await Deno.writeTextFile(`${home}/configs/meta.yml`, "prog: kernel\nevent_log: runtime/logs/what.jsonl\n");
    const event = JSON.stringify({ time: "2026-01-31T12:00:00.000Z", kind: "kernel.ready" });
    await Deno.writeTextFile(`${home}/runtime/logs/what.jsonl`, `${event}\n`);
    assert.equal((await runProgram("events", "--home", home)).stdout, "2026-01-31T12:00:00.000Z kernel.ready\n");
    assert.equal((await runProgram("events", "-f", "--home", home)).code, 1);
  }));

Deno.test("a command takes a socket that nobody listens at for no host", () =>
  withHome(async (home) => {
    await Deno.mkdir(`${home}/runtime/run`, { recursive: true });
    const listener = Deno.listen({ transport: "unix", path: `${home}/runtime/run/c.1.sock` });
    await Deno.link(`${home}/runtime/run/c.1.sock`, `${home}/runtime/run/control.sock`);
    listener.close();
    await Deno.writeTextFile(`${home}/runtime/run/address`, `${home}/runtime/run/control.sock\n`);
    const ran = await runProgram("status", "--home", home);
    assert.match(ran.stderr, /^no host runs in /);
  }));

Deno.test("a command tells a host whose kernel does not run from no host", () =>
  withHome(async (home) => {
    const holder = await holdLock(home);
    try {
      const ran = await runProgram("status", "--home", home);
      assert.equal(ran.code, 1);
      assert.match(
        ran.stderr,
        new RegExp(`^the host of ${home} \\(pid ${holder.pid}\\) does not answer: its kernel does not run\n`),
      );
    } finally {
      holder.kill("SIGKILL");
      await holder.status;
    }
  }));

Deno.test("a command waits for a kernel that is being started again", () =>
  withHost({ status: () => Promise.resolve(ok(STATUS)) }, async (host) => {
    const address = `${host.home}/runtime/run/address`;
    const text = await Deno.readTextFile(address);
    await Deno.remove(address);
    const running = host.run("status", "--json");
    await new Promise((resolve) => setTimeout(resolve, 600));
    await Deno.writeTextFile(address, text);
    assert.deepEqual(JSON.parse((await running).stdout), STATUS);
  }));
