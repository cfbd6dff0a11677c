import assert from "node:assert/strict";
import { takeHomeLock } from "../../kernel/watchdog/home_lock.ts";

async function withHome(then: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  await Deno.mkdir(`${home}/runtime/run`, { recursive: true });
  await then(home);
  await Deno.remove(home, { recursive: true });
}

Deno.test("takeHomeLock refuses a second holder with the first one's pid and admits one after its release", () =>
  withHome(async (home) => {
    const first = await takeHomeLock(home);
    const second = await takeHomeLock(home);
    assert.ok(first.ok && !second.ok);
    assert.equal(
      second.fault.message,
      `meta-machine already runs in ${home} (pid ${Deno.pid}); stop it with 'deno task cli stop'`,
    );
    first.value.release();
    first.value.release();
    const third = await takeHomeLock(home);
    assert.ok(third.ok);
    third.value.release();
  }));

Deno.test("takeHomeLock waits for a command that only looks", () =>
  withHome(async (home) => {
    const look = Deno.openSync(`${home}/runtime/run/lock`, { create: true, write: true, read: true });
    look.lockSync(false);
    setTimeout(() => look.close(), 30);
    const taken = await takeHomeLock(home);
    assert.ok(taken.ok);
    taken.value.release();
  }));
