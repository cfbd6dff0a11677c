/** Statements outside of sessions, values and errors: the same on both engines. */
import assert from "node:assert/strict";
import { faultOf } from "../../../scripted_kernel.ts";
import { type ContractEngine, promisedBy } from "./contract_engine.ts";

export function statementsContract(engine: ContractEngine): void {
  const promised = promisedBy(engine);

  promised("execute gives changes, and rows for a statement with columns", async ({ as }) => {
    const alice = as("alice");
    assert.equal((await alice.execute("create table t (a integer primary key, b text)")).changes, 0);
    assert.equal((await alice.execute("insert into t (a, b) values (?, ?), (?, ?)", [1, "x", 2, "y"])).changes, 2);
    const { changes, rows } = await alice.execute("insert into t (a, b) values (?, ?) returning a, b", [3, "it's ?"]);
    assert.deepEqual([changes, rows], [1, [{ a: 3, b: "it's ?" }]]);
    assert.equal((await alice.execute("update t set b = 'z' where a < ?", [3])).changes, 2);
    assert.deepEqual((await alice.execute("select a from t where b = ? order by a", ["z"])).rows, [{ a: 1 }, { a: 2 }]);
    assert.equal((await alice.execute("delete from t")).changes, 3);
    assert.equal((await alice.execute("drop table t")).rows, undefined);
  });

  promised("query refuses a statement that changes something, and changes nothing", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (a integer)");
    for (
      const sql of [
        "insert into t values (1)",
        "insert into t values (1) returning a",
        "delete from t",
        "create table u (a integer)",
        "drop table t",
      ]
    ) {
      const { code, message } = await faultOf(() => alice.query(sql)).catch(() => assert.fail(sql));
      assert.deepEqual([code, message], ["invalid_argument", "query() only reads"], sql);
    }
    assert.deepEqual(await alice.query("select count(*) as n from t"), [{ n: 0 }]);
  });

  promised("a transaction is all or nothing", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (a integer primary key)");
    const done = await alice.transaction([["insert into t values (?)", [1]], ["select count(*) as n from t"]]);
    assert.deepEqual(done.map(({ changes, rows }) => [changes, rows]), [[1, undefined], [0, [{ n: 1 }]]]);
    for (const bad of ["insert into t values (1)", "insert into nowhere values (1)", "select 1; select 2", "commit"]) {
      await faultOf(() => alice.transaction([["insert into t values (3)"], ["create table u (a integer)"], [bad]]));
      assert.deepEqual(await alice.query("select a from t"), [{ a: 1 }], bad);
    }
    assert.equal((await faultOf(() => alice.transaction("insert"))).code, "invalid_argument");
  });

  promised(
    "values come back as they were given: numbers, bigints, text, bytes, null, dates as ISO text",
    async ({ as }) => {
      const alice = as("alice");
      await alice.execute(
        `create table t (a integer, b bigint, c double precision, d text, e ${engine.bytes}, f text, g bigint)`,
      );
      const when = new Date(1_700_000_000_123).toISOString();
      const given = [1, 2n ** 53n + 1n, 1.5, "ä'\\\n?$1", new Uint8Array([0, 39, 255]), when, Number.MAX_SAFE_INTEGER];
      await alice.execute("insert into t values (?, ?, ?, ?, ?, ?, ?)", given);
      await alice.execute("insert into t values (?, ?, ?, ?, ?, ?, ?)", [
        null,
        -(2n ** 63n),
        3,
        "",
        new Uint8Array(0),
        null,
        0,
      ]);
      const [first, second] = await alice.query("select * from t order by b desc");
      assert.deepEqual(Object.values(first!), given);
      assert.deepEqual(Object.values(second!), [null, -(2n ** 63n), 3, "", new Uint8Array(0), null, 0]);
      assert.equal(Object.getPrototypeOf(first), Object.prototype);
      assert.equal(Object.getPrototypeOf(first!["e"]), Uint8Array.prototype);
    },
  );

  promised("values that no column could hold are refused with what to pass instead", async ({ as }) => {
    for (const value of [undefined, NaN, 2n ** 63n, "a\0", "\ud800", () => 1, new Map()]) {
      const { code } = await faultOf(() => as("alice").query("select ? as x", [value]));
      assert.equal(code, "invalid_argument", String(value));
    }
    for (const params of [[], [1, 2], "x", {}]) {
      assert.equal((await faultOf(() => as("alice").query("select ? as x", params))).code, "invalid_argument");
    }
  });

  promised("errors have the code that says what to do", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table t (a integer primary key, b text not null)");
    await alice.execute("insert into t values (1, 'x')");
    const coded: [string, string, boolean][] = [
      ["insert into t values (1, 'y')", "conflict", false],
      ["insert into t values (2, null)", "conflict", false],
      ["selec 1", "invalid_argument", false],
      ["select * from nowhere", "invalid_argument", false],
      ["select nothing from t", "invalid_argument", false],
    ];
    for (const [sql, code, retriable] of coded) {
      const refused = await faultOf(() => alice.execute(sql));
      assert.deepEqual([refused.code, refused.retriable], [code, retriable], `${sql}: ${refused.message}`);
      assert.ok(refused.message.endsWith(` in: ${sql}`), refused.message);
    }
  });

  promised("more or less than one statement, and what would reach beyond one's tables, is refused", async ({ as }) => {
    const alice = as("alice");
    await alice.execute("create table own (x integer)");
    const refused = [
      ...["", " ", ";", "-- x", "/* x */", "select 1; select 2", "select 1;;drop table own", "select '"],
      ...["begin", "commit", "rollback", "end", "savepoint a", "release a", "vacuum", "analyze", "reindex"],
      ...["create temp table t (x integer)", "create temporary view v as select 1"],
    ];
    for (const sql of refused) {
      for (const run of [alice.execute, alice.query, (text: string) => alice.transaction([[text]])]) {
        const { code } = await faultOf(() => run(sql)).catch(() => assert.fail(`not refused: ${sql}`));
        assert.ok(code === "invalid_argument" || code === "denied", `${sql}: ${code}`);
      }
    }
    assert.deepEqual(await alice.query("select x from own ;; -- and"), []);
  });

  promised(
    "an answer larger than max_answer_bytes is refused, and what its statement wrote is undone",
    async ({ as }) => {
      const alice = as("alice");
      const count = "with recursive c(x) as (select 1 union all select x + 1 from c where x < 5000) select x from c";
      const { code } = await faultOf(() => alice.query(count));
      assert.equal(code, "too_large");
      await alice.execute("create table t (x integer)");
      assert.equal((await faultOf(() => alice.execute(`insert into t ${count} returning x`))).code, "too_large");
      assert.deepEqual(await alice.query("select count(*) as n from t"), [{ n: 0 }]);
      assert.equal((await alice.query(`select x from (${count}) as d where x <= 50`)).length, 50);
    },
    { max_answer_bytes: 1_000 },
  );

  promised("the service says what it speaks and as whom", async ({ as }) => {
    const dialect = engine.name === "SQLite" ? "sqlite" : "postgres";
    assert.deepEqual(await as("tasks/a").about(), { dialect, caller: "tasks/a" });
    assert.deepEqual(await as("@web", "console").about(), { dialect, caller: "@console" });
  });

  promised("statements() takes a text apart as the engine reads it", async ({ as }) => {
    const text = "-- first\ncreate table a (x text default ';');\n\n /* ; */ insert into a values (';');;select 1 ";
    assert.deepEqual(await as("alice").statements(text), [
      "create table a (x text default ';')",
      "insert into a values (';')",
      "select 1",
    ]);
    assert.deepEqual(await as("alice").statements(" ; -- x"), []);
  });
}
