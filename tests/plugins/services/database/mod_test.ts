import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { withDatabase } from "./with_database.ts";

const LOG = "create table training_log (step integer primary key, loss real, learning_rate real)";

Deno.test("execute gives changes and the row id of what it inserted, and rows for a statement with columns", () =>
  withDatabase({}, async ({ as }) => {
    const alice = as("alice");
    assert.deepEqual(await alice.execute(LOG), { changes: 0, lastInsertRowid: 0 });
    assert.deepEqual(await alice.execute("insert into training_log values (?, ?, ?)", [7, 0.5, 0.01]), {
      changes: 1,
      lastInsertRowid: 7,
    });
    assert.deepEqual(await alice.execute("update training_log set loss = 1"), { changes: 1, lastInsertRowid: 0 });
    assert.deepEqual(await alice.execute("insert into training_log values (8, 1, 1) returning step"), {
      changes: 1,
      lastInsertRowid: 8,
      rows: [{ step: 8 }],
    });
    assert.deepEqual(await alice.execute("select step from training_log where step = ?", [8]), {
      changes: 0,
      lastInsertRowid: 0,
      rows: [{ step: 8 }],
    });
    assert.deepEqual(await alice.execute("insert into training_log values (8, 1, 1) on conflict do nothing"), {
      changes: 0,
      lastInsertRowid: 0,
    });
  }));

Deno.test("query gives plain rows to the operator, also of a module's table", () =>
  withDatabase({}, async ({ as }) => {
    await as("tasks/rl_trainer").execute(LOG);
    await as("tasks/rl_trainer").execute("insert into training_log values (1, 2.5, 0.01)");
    const rows = await as("@operator").query("select count(*) n from training_log");
    assert.equal(JSON.stringify(rows), '[{"n":1}]');
    assert.equal(Object.getPrototypeOf(rows[0]), Object.prototype);
  }));

Deno.test("query refuses a statement that changes something, and changes nothing", () =>
  withDatabase({}, async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (a)");
    for (const sql of ["insert into t values (1) returning a", "create table u (a)", "drop table t"]) {
      assert.equal((await faultOf(() => alice.query(sql))).code, "invalid_argument");
    }
    assert.deepEqual(
      await alice.query("select name from sqlite_master where type = 'table' and name <> 'database_owners'"),
      [{ name: "t" }],
    );
    assert.deepEqual(await alice.query("select * from t"), []);
  }));

Deno.test("values come back as they were given: numbers, bigints beyond 2^53, text, bytes, null; booleans as 0 and 1", () =>
  withDatabase({}, async ({ as }) => {
    const values = [
      1,
      1.5,
      2n ** 53n,
      -(2n ** 63n),
      "ä",
      new Uint8Array([0, 255]),
      null,
      true,
      Number.MAX_SAFE_INTEGER,
    ];
    const [row] = await as("a").query(`select ${values.map((_, index) => `? as c${index}`).join(", ")}`, values);
    assert.deepEqual(Object.values(row ?? {}), [...values.slice(0, 7), 1, Number.MAX_SAFE_INTEGER]);
    assert.deepEqual(await as("a").query("select typeof(?) a, typeof(?) b, typeof(?) c", [1, 1.5, 1n]), [
      { a: "integer", b: "real", c: "integer" },
    ]);
  }));

Deno.test("transaction gives the outcome of each statement, and undoes all of them when one fails", () =>
  withDatabase({}, async ({ as }) => {
    const alice = as("alice");
    const done = await alice.transaction([
      ["create table t (a integer primary key)"],
      ["insert into t values (?), (?)", [1, 2]],
      ["select count(*) n from t"],
    ]);
    assert.deepEqual(done.map(({ changes, rows }) => [changes, rows]), [[0, undefined], [2, undefined], [0, [{
      n: 2,
    }]]]);
    for (
      const bad of [
        "insert into t values (1)",
        "insert or rollback into t values (1)",
        "insert into nowhere values (1)",
        "select 1; select 2",
      ]
    ) {
      await faultOf(() => alice.transaction([["create table u (a)"], ["insert into t values (3)"], [bad]]));
      assert.deepEqual(await alice.query("select a from t"), [{ a: 1 }, { a: 2 }], bad);
      assert.equal((await faultOf(() => alice.query("select * from u"))).code, "invalid_argument");
    }
    await alice.execute("create table u (a)");
  }));

Deno.test("a SQL error arrives with SQLite's words and the statement", () =>
  withDatabase({}, async ({ as }) => {
    const { code, message } = await faultOf(() => as("a").execute("selec\n  1"));
    assert.deepEqual([code, message], ["invalid_argument", 'near "selec": syntax error in: selec 1']);
    const missing = await faultOf(() => as("a").query("select * from nowhere"));
    assert.deepEqual([missing.code, missing.message], [
      "invalid_argument",
      "no such table: nowhere in: select * from nowhere",
    ]);
  }));

Deno.test("a broken constraint is a conflict that trying again can't help", () =>
  withDatabase({}, async ({ as }) => {
    await as("a").execute("create table t (x integer primary key, y not null)");
    await as("a").execute("insert into t values (1, 1)");
    const { code, message, retriable } = await faultOf(() => as("a").execute("insert into t values (?, ?)", [1, 2]));
    assert.deepEqual([code, message, retriable], [
      "conflict",
      "UNIQUE constraint failed: t.x in: insert into t values (?, ?)",
      false,
    ]);
    assert.equal((await faultOf(() => as("a").execute("insert into t values (2, null)"))).code, "conflict");
  }));

Deno.test("an insert that fails half-way leaves no row, even with or fail", () =>
  withDatabase({}, async ({ as }) => {
    await as("a").execute("create table t (x unique)");
    await faultOf(() => as("a").execute("insert or fail into t values (1), (2), (1)"));
    assert.deepEqual(await as("a").query("select * from t"), []);
  }));

Deno.test("an answer larger than max_answer_bytes is refused, and what its statement wrote is undone", () =>
  withDatabase({ max_answer_bytes: 1_000 }, async ({ as }) => {
    const count = "with recursive c(x) as (select 1 union all select x + 1 from c) select x from c";
    const { code } = await faultOf(() => as("a").query(count));
    assert.equal(code, "too_large");
    await as("a").execute("create table t (x)");
    await faultOf(() => as("a").execute(`insert into t ${count} limit 1000 returning x`));
    assert.deepEqual(await as("a").query("select count(*) n from t"), [{ n: 0 }]);
    assert.equal((await as("a").query(`${count} limit 66`)).length, 66);
    assert.equal((await faultOf(() => as("a").query(`${count} limit 67`))).code, "too_large");
  }));

Deno.test("a statement that gives rows for longer than max_query_ms is ended", () =>
  withDatabase({ max_query_ms: 30, max_answer_bytes: 1e9 }, async ({ as }) => {
    const { code, message } = await faultOf(() =>
      as("a").query("with recursive c(x) as (select 1 union all select x + 1 from c) select x from c")
    );
    assert.equal(code, "too_large");
    assert.match(message, /^the statement ran for 30 ms and gave \d+ rows$/);
  }));

Deno.test("a database at max_mb refuses with quota and serves on", () =>
  withDatabase({ max_mb: 1 }, async ({ as }) => {
    await as("a").execute("create table t (x)");
    await as("a").execute("insert into t values (zeroblob(500000))");
    assert.equal((await faultOf(() => as("a").execute("insert into t values (zeroblob(600000))"))).code, "quota");
    assert.deepEqual(await as("a").query("select count(*) n from t"), [{ n: 1 }]);
  }));

Deno.test("two instances serve the same file at once, and each sees what the other defined", () =>
  withDatabase({}, async (old) => {
    const young = old.another();
    await old.as("alice").execute("create table t (x)");
    await young.as("alice").execute("insert into t values (1)");
    assert.equal((await faultOf(() => young.as("bob").query("select * from t"))).code, "denied");
    await young.as("alice").execute("drop table t");
    await young.as("bob").execute("create table t (y)");
    assert.equal((await faultOf(() => old.as("alice").query("select * from t"))).code, "denied");
    await Promise.all([old, young, old, young].map(({ as }, y) => as("bob").execute("insert into t values (?)", [y])));
    await old.module.shutdown();
    assert.deepEqual(await young.as("bob").query("select count(*) n from t"), [{ n: 4 }]);
    assert.equal((await faultOf(() => old.as("bob").query("select 1"))).retriable, true);
  }));

Deno.test("owners and rows outlive the instance, with no write-ahead log left behind by an orderly end", () =>
  withDatabase({}, async (first) => {
    await first.as("alice").execute("create table t (x)");
    await first.module.shutdown();
    assert.deepEqual(Array.from(Deno.readDirSync(`${first.home}/runtime/files/database`), ({ name }) => name).sort(), [
      "README.txt",
      "database.sqlite",
    ]);
    const second = first.another();
    assert.equal((await faultOf(() => second.as("bob").query("select * from t"))).code, "denied");
    assert.deepEqual(await second.as("alice").query("select * from t"), []);
    assert.deepEqual(
      await second.as("@operator").query("select journal_mode from pragma_journal_mode").catch(({ code }) => code),
      "denied",
    );
  }));

Deno.test("the file is in write-ahead mode", () =>
  withDatabase({}, async ({ as, home }) => {
    await as("a").execute("create table t (x)");
    assert.ok(Deno.statSync(`${home}/runtime/files/database/database.sqlite-wal`).size > 0);
  }));

Deno.test("a config with a slip under access is refused when the module is made", async () => {
  for (const access of [[], { a: [] }, { a: { reed: ["t"] } }, { a: { read: "t" } }, { a: { write: [1] } }]) {
    const { message } = await faultOf(() => withDatabase({ access }, () => Promise.resolve()));
    assert.match(message, /^access.* is .*; allowed: /);
  }
});

Deno.test("an error after the first row is told, and undoes what its statement wrote", () =>
  withDatabase({}, async ({ as }) => {
    await as("a").execute("create table t (x)");
    const overflow = "select 1 x union all select abs(-9223372036854775807 - 1)";
    for (
      const sql of [
        overflow,
        `insert into t ${overflow} returning x`,
        "insert into t values (1) returning abs(-9223372036854775807 - x)",
      ]
    ) {
      const { code, message } = await faultOf(() => as("a").execute(sql));
      assert.deepEqual([code, message], ["invalid_argument", `integer overflow in: ${sql}`]);
    }
    assert.deepEqual(await as("a").query("select * from t"), []);
  }));

Deno.test("a statement slower than slow_ms is reported with its caller and its text, without its values", () =>
  withDatabase({ slow_ms: 40 }, async ({ as, reported }) => {
    const counted =
      "with recursive c(x) as (select 1 union all select x + 1 from c where x < ?)\n select max(x) m from c";
    await as("alice").query("select 1");
    assert.deepEqual(reported, []);
    await as("alice").query(counted, [2_000_000]);
    const [{ limit, found, allowed, about } = assert.fail("nothing was reported")] = reported;
    assert.deepEqual([limit, allowed, about], ["slow_ms", 40, { caller: "alice", sql: counted.replace("\n ", " ") }]);
    assert.ok(found >= 40);
    assert.equal(reported.length, 1);
  }));
