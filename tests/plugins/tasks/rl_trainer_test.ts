import assert from "node:assert/strict";
import { fault, FaultError } from "../../../kernel/contract/fault.ts";
import { Module } from "../../../plugins/tasks/rl_trainer.ts";
import { config, faultOf, scriptedKernel } from "../scripted_kernel.ts";
import { type Served, withDatabase } from "../services/database/with_database.ts";

interface Call {
  readonly sql: string;
  readonly run: () => Promise<unknown>;
}

/** The trainer on a real database behind a handle that may fail, for so many sleeps. */
function train(served: Served, sleeps: number, own: Record<string, unknown> = {}, handle = (call: Call) => call.run()) {
  const database = served.as("tasks/rl_trainer");
  const scripted = scriptedKernel({
    database: {
      execute: (sql: string, params?: unknown) => handle({ sql, run: () => database.execute(sql, params) }),
      query: (sql: string, params?: unknown) => handle({ sql, run: () => database.query(sql, params) }),
    },
  }, () => {
    if (scripted.slept.length === sleeps) trainer.shutdown();
  });
  const trainer = new Module(scripted.kernel, config(own));
  return { trainer, slept: scripted.slept, done: trainer.run() };
}

const steps = async ({ as }: Served) =>
  (await as("@operator").query("select step from training_log order by step")).map(({ step }) => step);

Deno.test("rl_trainer logs a loss near 1 / step and the learning rate, step by step", () =>
  withDatabase({}, async (served) => {
    const { trainer, done, slept } = train(served, 5);
    assert.deepEqual(trainer.progress(), { step: 0, loss: null });
    await done;
    const rows = await served.as("@operator").query("select step, loss, learning_rate from training_log");
    assert.equal(rows.length, 5);
    for (const [index, { step, loss, learning_rate }] of rows.entries()) {
      assert.deepEqual([step, learning_rate], [index + 1, 0.01]);
      assert.ok(Number(loss) >= 1 / (index + 1.5) && Number(loss) <= 1 / (index + 0.5));
    }
    assert.deepEqual(slept, [2_000, 2_000, 2_000, 2_000, 2_000]);
    assert.deepEqual(trainer.progress(), { step: 5, loss: rows[4]?.["loss"] });
  }));

Deno.test("rl_trainer goes on from the last step after a restart, with its new config", () =>
  withDatabase({}, async (served) => {
    await train(served, 2).done;
    const { done, slept } = train(served, 2, { step_delay_seconds: 0.5, learning_rate: 0.1 });
    await done;
    assert.deepEqual(await steps(served), [1, 2, 3, 4]);
    assert.deepEqual(slept, [500, 500]);
    assert.deepEqual(await served.as("@operator").query("select learning_rate r from training_log where step = 4"), [{
      r: 0.1,
    }]);
  }));

Deno.test("rl_trainer doubles and skips nothing when an insert ran and its answer was lost", () =>
  withDatabase({}, async (served) => {
    let inserts = 0;
    const { done, slept } = train(served, 6, {}, async ({ sql, run }) => {
      const outcome = await run();
      if (sql.startsWith("insert") && ++inserts === 3) {
        throw new FaultError(fault("module_killed", "killed", { maybe_ran: true }));
      }
      return outcome;
    });
    await done;
    assert.deepEqual(await steps(served), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(slept.filter((ms) => ms < 2_000), [200]);
  }));

Deno.test("rl_trainer waits longer and longer, up to a second, while the database is away", () =>
  withDatabase({}, async (served) => {
    let calls = 0;
    const { done, slept } = train(served, 7, {}, ({ run }) => {
      if (++calls <= 5) {
        throw new FaultError(fault("service_down", "Service 'database' is not active or failed to load."));
      }
      return run();
    });
    await done;
    assert.deepEqual(slept, [200, 400, 800, 1_000, 1_000, 2_000, 2_000]);
    assert.deepEqual(await steps(served), [1, 2]);
  }));

Deno.test("rl_trainer asks where it stands when somebody logged its step", () =>
  withDatabase({}, async (served) => {
    let inserts = 0;
    await train(served, 4, {}, async ({ sql, run }) => {
      if (sql.startsWith("insert") && ++inserts === 2) {
        await served.as("@operator").execute("insert into training_log values (2, 9, 9)");
      }
      return run();
    }).done;
    assert.deepEqual(await steps(served), [1, 2, 3, 4]);
  }));

Deno.test("rl_trainer ends at a fault that trying again can't help", () =>
  withDatabase({}, async (served) => {
    await served.as("somebody").execute("create table training_log (step, loss, learning_rate)");
    assert.equal((await faultOf(() => train(served, 1).done)).code, "denied");
    const refused = train(served, 1, {}, () =>
      Promise.reject(new FaultError(fault("not_granted", "'tasks/rl_trainer' may not call 'database'"))));
    assert.equal(
      (await faultOf(() =>
        refused.done
      )).code,
      "not_granted",
    );
  }));
