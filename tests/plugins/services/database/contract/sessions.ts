/** Transactions that stay open between calls, and streams: the same on both engines. */
import assert from "node:assert/strict";
import { faultOf } from "../../../scripted_kernel.ts";
import { type ContractEngine, promisedBy } from "./contract_engine.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const NUMBERS = (last: number) =>
  `with recursive c(x) as (select 1 union all select x + 1 from c where x < ${last}) select x from c`;

export function sessionsContract(engine: ContractEngine): void {
  const promised = promisedBy(engine);

  promised("what a session does is there after its commit, and never after its rollback", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (x integer)");
    for (const how of ["commit", "rollback"] as const) {
      const { id } = await alice.session_open("write");
      assert.equal((await alice.session_run(id, "insert into t values (?)", [how === "commit" ? 1 : 2])).changes, 1);
      assert.deepEqual((await alice.session_run(id, "select count(*) as n from t")).rows, [{
        n: how === "commit" ? 1 : 2,
      }]);
      assert.deepEqual(await alice.query("select count(*) as n from t"), [{ n: how === "commit" ? 0 : 1 }]);
      await alice.session_close(id, how);
      assert.equal((await faultOf(() => alice.session_run(id, "select 1 as x"))).code, "conflict");
      assert.equal((await faultOf(() => alice.session_close(id, how))).code, "conflict");
    }
    assert.deepEqual(await alice.query("select x from t"), [{ x: 1 }]);
  });

  promised("a table made in a session is the caller's, and nobody's when it is undone", async ({ as }) => {
    const { id } = await as("alice").session_open();
    await as("alice").session_run(id, "create table t (x integer)");
    await as("alice").session_run(id, "insert into t values (1)");
    assert.deepEqual((await as("alice").tables(id)).map(({ name }) => name), ["t"]);
    assert.deepEqual(await as("alice").tables(), []);
    await as("alice").session_close(id, "rollback");
    await as("bob").execute("create table t (x integer)");
    assert.equal((await faultOf(() => as("alice").query("select * from t"))).code, "denied");
  });

  promised("savepoints undo a part of a session", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (x integer primary key)");
    const { id } = await alice.session_open();
    const run = (sql: string) => alice.session_run(id, sql);
    await run("insert into t values (1)");
    await run('savepoint "a ""b"""');
    await run("insert into t values (2)");
    assert.equal((await faultOf(() => run("insert into t values (1)"))).code, "conflict");
    await run('rollback to "a ""b"""');
    await run("insert into t values (3)");
    await run("savepoint c");
    await run("insert into t values (4)");
    await run("release c");
    await alice.session_close(id, "commit");
    assert.deepEqual(await alice.query("select x from t order by x"), [{ x: 1 }, { x: 3 }, { x: 4 }]);
  });

  promised("a session's own end is told by session_close alone", async ({ as }) => {
    const { id } = await as("alice").session_open();
    for (const sql of ["commit", "rollback", "begin", "end", "abort", "select 1; commit", "prepare transaction 'x'"]) {
      await as("alice").session_run(id, "savepoint a");
      const { code } = await faultOf(() => as("alice").session_run(id, sql)).catch(() => assert.fail(sql));
      assert.ok(code === "denied" || code === "invalid_argument", `${sql}: ${code}`);
      await as("alice").session_run(id, "rollback to a");
    }
    await as("alice").session_close(id, "commit");
  });

  promised("a session is its caller's alone: others, and made-up ids, find none", async ({ as }) => {
    const { id } = await as("alice").session_open();
    for (
      const [who, at] of [["mallory", id], ["@operator", id], ["alice", "nothing"], ["alice", null], [
        "alice",
        {},
      ]] as const
    ) {
      for (
        const act of [
          () => as(who).session_run(at, "select 1 as x"),
          () => as(who).session_close(at, "commit"),
          () => as(who).session_rows(at, "select 1 as x").next(),
          ...(typeof at === "string" ? [() => as(who).tables(at)] : []),
        ]
      ) {
        const { code, message, retriable } = await faultOf(act);
        assert.deepEqual([code, message, retriable], ["conflict", `'${who}' has no such session`, true]);
      }
    }
    assert.deepEqual((await as("alice").session_run(id, "select 1 as x")).rows, [{ x: 1 }]);
    await as("alice").session_close(id, "rollback");
  });

  promised("a caller has at most sessions_per_caller sessions at once, streams among them", async ({ as }) => {
    const opened = [await as("alice").session_open("read"), await as("alice").session_open("read")];
    const { code, message } = await faultOf(() => as("alice").session_open("read"));
    assert.deepEqual([code, message], ["rate_limited", "'alice' has 2 sessions open; 2 are allowed"]);
    assert.equal((await faultOf(() => as("alice").rows("select 1 as x").next())).code, "rate_limited");
    await as("bob").session_open("read");
    for (const { id } of opened) await as("alice").session_close(id, "commit");
    assert.deepEqual((await as("alice").rows("select 1 as x").next()).value, [{ x: 1 }]);
  }, { sessions_per_caller: 2 });

  promised("a session that reads changes nothing and sees one state", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (x integer)");
    const { id } = await alice.session_open("read");
    const count = async () => (await alice.session_run(id, "select count(*) as n from t")).rows;
    assert.deepEqual(await count(), [{ n: 0 }]);
    await alice.execute("insert into t values (1)");
    assert.deepEqual(await count(), [{ n: 0 }]);
    await alice.session_run(id, "savepoint a");
    assert.equal((await faultOf(() => alice.session_run(id, "insert into t values (2)"))).code, "invalid_argument");
    await alice.session_run(id, "rollback to a");
    await alice.session_close(id, "commit");
    assert.deepEqual(await alice.query("select count(*) as n from t"), [{ n: 1 }]);
  });

  promised("a session without a statement for session_idle_ms is undone", async ({ as }) => {
    await as("alice").execute("create table t (x integer)");
    const { id, idle_ms } = await as("alice").session_open();
    assert.equal(idle_ms, 150);
    await as("alice").session_run(id, "insert into t values (1)");
    await pause(300);
    const { code, message, retriable } = await faultOf(() => as("alice").session_run(id, "select 1 as x"));
    assert.deepEqual([code, retriable], ["conflict", true]);
    assert.match(message, /^the session has ended: 150 ms passed without a statement \(session_idle_ms\)/);
    assert.deepEqual(await as("alice").query("select * from t"), []);
    await as("alice").execute("insert into t values (2)");
  }, { session_idle_ms: 150 });

  promised("rows come in batches of the size that was asked for, of one state", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (x integer)");
    await alice.execute(`insert into t ${NUMBERS(1_000)}`);
    const sizes: number[] = [];
    const seen: unknown[] = [];
    for await (const batch of alice.rows("select x from t where x > ? order by x", [0], { batch: 300 })) {
      if (sizes.length === 0) await alice.execute("delete from t");
      sizes.push(batch.length);
      seen.push(...batch.map(({ x }) => x));
    }
    assert.deepEqual(sizes, [300, 300, 300, 100]);
    assert.deepEqual(seen, Array.from({ length: 1_000 }, (_, index) => index + 1));
    for (const batch of [0, -1, 1.5, 10_001, "x", null]) {
      assert.equal((await faultOf(() => alice.rows("select 1 as x", [], { batch }))).code, "invalid_argument");
    }
  });

  promised("rows end where their reader stops, and leave nothing open", async ({ as }) => {
    for (let round = 0; round < 12; round++) {
      for await (const batch of as("alice").rows(NUMBERS(100_000), [], { batch: 10 })) {
        assert.equal(batch.length, 10);
        break;
      }
    }
    await as("alice").execute("create table t (x integer)");
    await as("alice").execute("drop table t");
  });

  promised("rows that fail after the first say so, with the statement's own error", async ({ as }) => {
    const failing = "select 10 / x as y from (select 3 as x union all select 2 union all select 1) as d where x > 0";
    const numbers: unknown[] = [];
    for await (const batch of as("alice").rows(failing, [], { batch: 1 })) numbers.push(...batch.map(({ y }) => y));
    assert.deepEqual(numbers.sort(), [10, 3, 5]);
    const overflow = engine.name === "SQLite"
      ? "select abs(x) as y from (select 1 as x union all select -9223372036854775807 - 1) as d"
      : "select 1 / x as y from (select 1 as x union all select 0) as d";
    const got: unknown[] = [];
    const refused = await faultOf(async () => {
      for await (const batch of as("alice").rows(overflow, [], { batch: 1 })) got.push(...batch);
    });
    assert.deepEqual([got, refused.code], [[{ y: 1 }], "invalid_argument"], refused.message);
    assert.match(refused.message, /overflow|division by zero/);
  });

  promised("a session streams what it has written itself, and writes while it streams", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (x integer)");
    const { id } = await alice.session_open();
    await alice.session_run(id, `insert into t ${NUMBERS(50)}`);
    let seen = 0;
    for await (const batch of alice.session_rows(id, "select x from t order by x", [], { batch: 20 })) {
      seen += batch.length;
      await alice.session_run(id, "insert into t values (?)", [0]);
      if (seen >= 40) break;
    }
    await alice.session_close(id, "commit");
    assert.deepEqual(await alice.query("select count(*) as n from t"), [{ n: 52 }]);
  });

  promised("rows() refuses a statement that changes something", async ({ as }) => {
    await as("alice").execute("create table t (x integer)");
    const { code, message } = await faultOf(() => as("alice").rows("insert into t values (1) returning x").next());
    assert.deepEqual([code, message], ["invalid_argument", "rows() only reads"]);
    assert.deepEqual(await as("alice").query("select * from t"), []);
  });
}
