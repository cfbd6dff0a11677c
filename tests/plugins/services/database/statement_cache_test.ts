import assert from "node:assert/strict";
import { parseAccess } from "../../../../plugins/services/database/parse_access.ts";
import { SqlConnection } from "../../../../plugins/services/database/sql_connection.ts";
import { faultOf, withHome } from "../../scripted_kernel.ts";

interface Opened {
  readonly connection: SqlConnection;
  run(caller: string, sql: string, params?: unknown[]): unknown;
}

const LIMITS = { max_mb: 16, max_answer_bytes: 1_000_000, max_query_ms: 1_000 };

function open(home: string, access: unknown, mode: "read" | "write" = "write"): Opened {
  const parts = { access: parseAccess(access), limits: LIMITS, slow: () => {} };
  const connection = SqlConnection.open(home, mode, LIMITS, parts);
  const run = (caller: string, sql: string, params: unknown[] = []) =>
    connection.whole(mode, () => connection.run(connection.runner.prepare(caller, sql, params)).rows);
  return { connection, run };
}

function withConnection(act: (opened: Opened, home: string) => Promise<void> | void): Promise<void> {
  return withHome(async (home) => {
    const opened = open(home, { reader: { read: ["t"] } });
    try {
      await act(opened, home);
    } finally {
      opened.connection.close();
    }
  });
}

Deno.test("a statement is compiled once for each caller, and runs with other values", () =>
  withConnection(({ connection, run }) => {
    run("alice", "create table t (x)");
    const { cache } = connection.runner;
    for (let x = 1; x <= 5; x++) run("alice", "insert into t values (?)", [x]);
    assert.equal(cache.hits, 4);
    assert.deepEqual(run("alice", "select x from t where x > ?", [3]), [{ x: 4 }, { x: 5 }]);
    assert.deepEqual(run("alice", "select x from t where x > ?", [4]), [{ x: 5 }]);
    assert.equal(cache.hits, 5);
    assert.deepEqual(run("reader", "select x from t where x > ?", [4]), [{ x: 5 }]);
    assert.equal(cache.hits, 5);
  }));

Deno.test("what one caller may do is never served to another from the cache", () =>
  withConnection(async ({ run }) => {
    run("alice", "create table t (x)");
    const sql = "select count(*) n from t";
    for (let round = 0; round < 3; round++) {
      run("alice", sql);
      assert.equal((await faultOf(() => run("mallory", sql))).code, "denied");
    }
  }));

Deno.test("a right that ended with its table is not served from the cache", () =>
  withConnection(async ({ run }, home) => {
    const sql = "select count(*) n from t";
    run("mallory", "create table t (x)");
    run("mallory", sql);
    run("mallory", "drop table t");
    run("bob", "create table t (x)");
    assert.equal((await faultOf(() => run("mallory", sql))).code, "denied");
    // Also when another instance's connection made the change, and where a reader had compiled it.
    const reader = open(home, {}, "read");
    reader.run("bob", sql);
    const other = open(home, {});
    other.run("bob", "drop table t");
    other.run("mallory", "create table t (x)");
    assert.equal((await faultOf(() => run("bob", sql))).code, "denied");
    assert.equal((await faultOf(() => reader.run("bob", sql))).code, "denied");
    assert.deepEqual(run("mallory", sql), [{ n: 0 }]);
    other.connection.close();
    reader.connection.close();
  }));

Deno.test("a grant dropped from the config is not served from the cache of the next instance", () =>
  withConnection(async ({ run, connection }, home) => {
    run("alice", "create table t (x)");
    run("reader", "select x from t");
    run("reader", "select x from t");
    assert.ok(connection.runner.cache.hits > 0);
    const next = open(home, {});
    assert.equal((await faultOf(() => next.run("reader", "select x from t"))).code, "denied");
    next.connection.close();
  }));

Deno.test("a definition that was rolled back leaves no statement in the cache", () =>
  withConnection(async ({ connection, run }) => {
    await faultOf(() =>
      connection.whole("write", () => {
        for (const sql of ["create table t (x)", "insert into t values (1)"]) {
          connection.run(connection.runner.prepare("mallory", sql, []));
        }
        throw new Error("undo");
      })
    );
    run("bob", "create table t (x)");
    assert.equal((await faultOf(() => run("mallory", "insert into t values (1)"))).code, "denied");
  }));

Deno.test("the cache keeps the last 96 statements, none that is long, and none that failed", () =>
  withConnection(async ({ connection, run }) => {
    const { cache } = connection.runner;
    run("alice", "create table t (x unique)");
    for (let n = 0; n < 200; n++) run("alice", `select ${n}`);
    assert.equal(cache.size, 96);
    const before = cache.hits;
    run("alice", "select 199");
    run("alice", "select 103");
    assert.equal(cache.hits, before + 1);
    run("alice", `select '${"x".repeat(9_000)}'`);
    assert.equal(cache.size, 96);
    run("alice", "insert into t values (?)", [1]);
    await faultOf(() => run("alice", "insert into t values (?)", [1]));
    const hits = cache.hits;
    run("alice", "insert into t values (?)", [2]);
    assert.equal(cache.hits, hits);
  }));
