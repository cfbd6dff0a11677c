import assert from "node:assert/strict";
import { RunSerial } from "../../kernel/primitives/run_serial.ts";

Deno.test("RunSerial runs one job after another in the order they were given", async () => {
  const serial = new RunSerial();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = serial.run(async () => {
    seen.push("first begins");
    await gate.promise;
    seen.push("first ends");
    return 1;
  });
  const second = serial.run(() => seen.push("second"));
  assert.deepEqual(seen, []);
  assert.equal(serial.size, 2);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(seen, ["first begins"]);
  gate.resolve();
  assert.equal(await first, 1);
  await second;
  assert.deepEqual(seen, ["first begins", "first ends", "second"]);
  assert.equal(serial.size, 0);
});

Deno.test("RunSerial fails a job for its caller alone", async () => {
  const serial = new RunSerial();
  const rejected = serial.run(() => Promise.reject(new Error("no")));
  const thrown = serial.run(() => {
    throw new Error("thrown");
  });
  const after = serial.run(() => "after");
  await assert.rejects(rejected, /no/);
  await assert.rejects(thrown, /thrown/);
  assert.equal(await after, "after");
});

Deno.test("RunSerial.idle resolves when all jobs have ended, also those given while it waited, for any number who wait", async () => {
  const serial = new RunSerial();
  const ended: string[] = [];
  const job = (name: string) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    ended.push(name);
  };
  await serial.idle();
  void serial.run(job("first"));
  void serial.run(() => void serial.run(job("second")));
  const waiting = Promise.all([serial.idle(), serial.idle(), serial.idle()]);
  // A turn of the loop must come, whoever waits.
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await waiting;
  clearInterval(timer);
  assert.deepEqual(ended, ["first", "second"]);
  assert.ok(turns > 0);
  await assert.rejects(serial.run(() => Promise.reject(new Error("it failed"))));
  await serial.idle();
});
