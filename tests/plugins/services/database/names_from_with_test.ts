/** Names that exist in one statement only: WITH, subqueries, aliases. Of a name of which no column is used SQLite does not tell whether it is a table's. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { assertUntouched, withBob } from "./with_bob.ts";

const HONEST: readonly (readonly [who: string, sql: string, n: number])[] = [
  ["mallory", "with t as (select 1 as a) select count(*) n from t", 1],
  ["mallory", "with t as materialized (select 1) select count(*) n from t", 1],
  ["mallory", "with a as (select 1), b as (select count(*) from a) select count(*) n from a, b", 1],
  ["mallory", "with recursive c(n) as (select 1 union all select n + 1 from c limit 5) select count(*) n from c", 5],
  ["mallory", "with recursive c(x) as (select 1 union all select 2 from c limit 5) select count(*) n from c", 5],
  ["mallory", "select count(*) n from (select 1 union all select 2)", 2],
  ["mallory", "select count(*) n from (values (1), (2), (3)) as t", 3],
  ["mallory", "select exists(with t as (select 1) select 1 from t) n", 1],
  ["mallory", "select (with t as (select 1) select count(*) from t) n", 1],
  ["mallory", "with t as (select x from own) select count(*) n from t", 2],
  ["mallory", "with t as (select 1 from own) select count(*) n from t", 2],
  ["mallory", "with t as (select 1) select count(*) n from t, own", 2],
  ["mallory", "with own as (select 1) select count(*) n from own", 1],
  ["mallory", "select count(*) n from own as secrets", 2],
  ["mallory", "select count(*) n from (select * from own) as secrets", 2],
  // Where a column of it is used, SQLite knows that it is no table.
  ["mallory", "with secrets as (select 7 as word) select word n from secrets", 7],
  ["mallory", "select count(*) n from json_each('[1, 2]')", 2],
  ["mallory", "select count(*) > 0 n from sqlite_schema", 1],
  ["mallory", "select count(*) > 0 n from sqlite_master", 1],
  ["reader", "with t as (select word from secrets) select count(*) n from t", 1],
  ["reader", "with secrets as (select word from main.secrets) select count(*) n from secrets", 1],
  ["bob", "with t as (select 1 from shown) select count(*) n from t", 1],
  ["@operator", "with t as (select 1 from secrets, own) select count(*) n from t", 2],
];

Deno.test("a name from WITH or of a subquery is nobody's table", () =>
  withBob(async ({ as }) => {
    await as("mallory").execute("insert into own values (1), (2)");
    for (const [who, sql, n] of HONEST) {
      const asked = await as(who).query(sql).catch((fault) => assert.fail(`${who}: ${sql}: ${fault.message}`));
      assert.deepEqual(asked, [{ n }], sql);
      assert.deepEqual((await as(who).execute(sql)).rows, [{ n }], sql);
      assert.ok((await as(who).query(`explain ${sql}`)).length > 0);
    }
    const { changes } = await as("mallory").execute(
      "with t as (select 1) delete from own where (select count(*) from t)",
    );
    assert.equal(changes, 2);
  }));

Deno.test("WITH works in one's own views and triggers, and in those that others may use", () =>
  withBob(async ({ as }) => {
    await as("bob").transaction([
      ["create view counted as with t as (select 1 from secrets) select count(*) n from t"],
      ["create trigger counting after insert on secrets begin insert into log select (with t as (select 5) select count(*) from t); end"],
    ]);
    assert.deepEqual(await as("bob").query("select n from counted"), [{ n: 1 }]);
    assert.equal((await as("bob").execute("insert into secrets (word) values ('x')")).changes, 1);
    assert.deepEqual(
      await as("bob").query("select x from log order by rowid desc limit 2"),
      [{ x: 2 }, { x: 1 }].slice(0, 2),
    );
    assert.equal((await faultOf(() => as("mallory").query("select n from counted"))).code, "denied");
  }));

/** Each reads NAME itself, or might. */
const REACHING = [
  "select count(*) from NAME",
  "select 1 from NAME",
  "select exists(select 1 from NAME)",
  "with t as (select 1 from NAME) select count(*) from t",
  "with t as materialized (select * from NAME) select count(*) from t",
  "with t as (select count(*) from NAME) select count(*) from t",
  "with t as (select 1), u as (select 1 from t, NAME) select count(*) from u",
  "with recursive c(n) as (select count(*) from NAME union all select n + 1 from c limit 3) select count(*) from c",
  "with recursive c(n) as (select 1 union all select n + 1 from c, NAME limit 3) select max(n) from c",
  "with own as (select 1 from NAME) select count(*) from own",
  "select count(*) from (select 1 from NAME)",
  "select count(*) from (select 1 from NAME as t) as own",
  "select (with NAME as (select 1) select count(*) from NAME), (select count(*) from NAME)",
  "with NAME as (select 1) select count(*) from NAME",
  "with NAME as (select 1) select count(*) from main.NAME",
  "with NAME as (select 1 from main.NAME) select count(*) from NAME",
  "with NAME as (select * from main.NAME) select count(*) from NAME",
  "with recursive NAME(n) as (select count(*) from main.NAME union all select n + 1 from NAME limit 3) select count(*) from NAME",
  "insert into own with t as (select 1 from NAME) select count(*) from t",
  "update own set x = (with t as (select 1 from NAME) select count(*) from t)",
  "delete from own where (with t as (select 1 from NAME) select count(*) from t)",
  "explain with t as (select 1 from NAME) select count(*) from t",
  "create table copy as with t as (select 1 from NAME) select count(*) from t",
];
const OTHERS = ["secrets", "SECRETS", '"Secrets"', "[secrets]", "shown", "log", "database_owners", "sqlite_sequence"];

Deno.test("no name and no alias lets a caller read or count another's table, the owners or SQLite's own", () =>
  withBob(async (served) => {
    const mallory = served.as("mallory");
    await mallory.execute("insert into own values (1)");
    for (const name of [...OTHERS, "dbstat", "sqlite_dbpage", "pragma_database_list"]) {
      for (const pattern of REACHING) {
        const sql = pattern.replaceAll("NAME", name);
        const { code, message } = await faultOf(() => mallory.execute(sql)).catch(() => assert.fail(`allowed: ${sql}`));
        // SQLite has no table-valued function in a schema, and none without its arguments.
        if (code !== "denied") assert.match(message, /^(no such table|table-valued)/, `${sql}: ${code}: ${message}`);
      }
    }
    await mallory.execute("delete from own");
    await assertUntouched(served);
  }));

Deno.test("a name from WITH that another's table has is refused, and the hint says what to do", () =>
  withBob(async ({ as }) => {
    const sql = "with secrets as (select 1) select count(*) from secrets";
    const { code, message, hint } = await faultOf(() => as("mallory").query(sql));
    assert.deepEqual([code, message], [
      "denied",
      `'mallory' may not read table 'secrets', which belongs to 'bob' in: ${sql}`,
    ]);
    assert.match(hint, /; a name from WITH must be one that no table has$/);
    const { hint: plain } = await faultOf(() => as("mallory").query("select word from secrets"));
    assert.doesNotMatch(plain, /WITH/);
  }));

Deno.test("views and triggers with WITH reach nothing that their user may not", () =>
  withBob(async (served) => {
    const { as } = served;
    await as("mallory").transaction([
      ["create view peek as with t as (select 1 from secrets) select count(*) n from t"],
      ["create view peep as with secrets as (select 1 from main.secrets) select count(*) n from secrets"],
      ["create table evil_log (x)"],
    ]);
    for (const view of ["peek", "peep"]) {
      assert.equal((await faultOf(() => as("mallory").query(`select n from ${view}`))).code, "denied");
      assert.equal((await faultOf(() => as("mallory").query(`select count(*) from ${view}`))).code, "denied");
    }
    await as("mallory").execute(
      "create trigger trap after insert on evil_log begin insert into own with t as (select 1 from secrets) select count(*) from t; end",
    );
    for (const who of ["mallory", "writer", "@operator"]) {
      assert.equal((await faultOf(() => as(who).execute("insert into evil_log values (1)"))).code, "denied", who);
    }
    assert.deepEqual(await as("mallory").query("select * from own"), []);
  }));

Deno.test("a table that another instance has just made is no free name, and one just dropped is", () =>
  withBob(async (served) => {
    const young = served.another();
    const count = "with fresh as (select 1) select count(*) n from fresh";
    assert.deepEqual(await served.as("mallory").query(count), [{ n: 1 }]);
    await young.as("bob").execute("create table fresh (x)");
    for (const sql of [count, "select count(*) n from fresh"]) {
      assert.equal((await faultOf(() => served.as("mallory").query(sql))).code, "denied");
    }
    await young.as("bob").execute("drop table fresh");
    assert.deepEqual(await served.as("mallory").query(count), [{ n: 1 }]);
    assert.equal(
      (await faultOf(() => served.as("mallory").query("select count(*) from fresh"))).code,
      "invalid_argument",
    );
  }));
