import assert from "node:assert/strict";
import { ok } from "../../kernel/contract/fault.ts";
import { holdLock } from "./hold_lock.ts";
import { runProgram, withHome, withHost } from "./scripted_host.ts";

Deno.test("stop waits until the host has given its lock back", () => {
  let host_ends: () => Promise<void> = () => Promise.resolve();
  return withHost({
    stop: () => {
      setTimeout(() => void host_ends(), 700);
      return Promise.resolve(ok({ stopping: true }));
    },
  }, async (host) => {
    host_ends = host.end;
    const started = performance.now();
    const ran = await host.run("stop");
    assert.deepEqual(ran, { code: 0, stdout: `stopped the host of ${host.home}\n`, stderr: "" });
    assert.ok(performance.now() - started > 700);
  });
});

Deno.test("stop says which process is left when the host does not end", () =>
  withHost({ stop: () => Promise.resolve(ok({ stopping: true })) }, async (host) => {
    const ran = await host.run("stop");
    assert.equal(ran.code, 1);
    assert.match(
      ran.stderr,
      new RegExp(`^the host of ${host.home} still runs after 6 s \\(pid ${Deno.pid}\\)\nhint: `),
    );
  }));

Deno.test("stop ends a host whose kernel does not run", () =>
  withHome(async (home) => {
    const holder = await holdLock(home);
    const ran = await runProgram("stop", "--home", home);
    assert.deepEqual(ran, { code: 0, stdout: `stopped the host of ${home}\n`, stderr: "" });
    assert.equal((await holder.status).signal, "SIGTERM");
  }));

Deno.test("stop says that there is nothing to stop", () =>
  withHome(async (home) => {
    const ran = await runProgram("stop", "--home", home);
    assert.deepEqual([ran.code, ran.stdout], [1, ""]);
    assert.match(ran.stderr, new RegExp(`^no host runs in ${home}: there is nothing to stop\nhint: `));
  }));
