/** Whose rights a statement has: through views, triggers, foreign keys, shared tables and names that change hands. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { assertUntouched, withBob } from "./with_bob.ts";

Deno.test("access in the config opens a table for reading or writing, and nothing more", () =>
  withBob(async ({ as }) => {
    assert.deepEqual(await as("reader").query("select word from secrets"), [{ word: "sesame" }]);
    assert.equal((await faultOf(() => as("reader").execute("delete from secrets"))).code, "denied");
    const { message, hint } = await faultOf(() => as("inserter").query("select word from secrets"));
    assert.equal(
      message,
      "'inserter' may not read table 'secrets', which belongs to 'bob' in: select word from secrets",
    );
    assert.equal(hint, "add to configs/services/database.yml: access: {inserter: {read: [secrets]}}");
    for (
      const sql of [
        "update secrets set word = 'x' where word = 'y'",
        "insert into secrets default values returning word",
        "delete from secrets where id = 1",
      ]
    ) {
      assert.equal((await faultOf(() => as("inserter").execute(sql))).code, "denied", sql);
    }
    assert.equal((await faultOf(() => as("writer").execute("drop table secrets"))).code, "denied");
    assert.equal(
      (await faultOf(() => as("writer").execute("create trigger t after insert on secrets begin select 1; end"))).code,
      "denied",
    );
    // The view shows a table that reader may read, but is itself not opened to it.
    assert.equal((await faultOf(() => as("reader").query("select * from shown"))).code, "denied");
  }));

Deno.test("a view of one's own shows nothing that one may not read", () =>
  withBob(async ({ as }) => {
    await as("mallory").execute("create view peek as select * from secrets");
    assert.equal((await faultOf(() => as("mallory").query("select * from peek"))).code, "denied");
    assert.equal(
      (await faultOf(() => as("mallory").execute("create table copy as select * from peek"))).code,
      "denied",
    );
  }));

Deno.test("a trigger of one's own reaches nothing that one may not touch", () =>
  withBob(async (served) => {
    const mallory = served.as("mallory");
    await mallory.execute("create trigger t after insert on own begin update secrets set word = 'x'; end");
    assert.equal((await faultOf(() => mallory.execute("insert into own values (1)"))).code, "denied");
    await mallory.execute("drop trigger t");
    await assertUntouched(served);
  }));

Deno.test("whoever writes into another's table lends no rights to its triggers", () =>
  withBob(async (served) => {
    const { as } = served;
    await as("mallory").execute("create table evil_log (x)");
    const traps = [
      "insert into evil_log select word from secrets",
      "delete from secrets",
      "insert into evil_log select x from (with shown as (select word as x from secrets) select * from shown)",
      "insert into evil_log select word from shown",
    ];
    for (const [index, body] of traps.entries()) {
      await as("mallory").execute(`create trigger trap after update on evil_log begin ${body}; end`);
      await as("mallory").execute("insert into evil_log values (?)", [index]);
      for (const victim of ["@operator", "writer"]) {
        const { code, message } = await faultOf(() => as(victim).execute("update evil_log set x = 1"));
        assert.equal(code, "denied", body);
        if (victim === "@operator") {
          assert.match(
            message,
            /^a trigger of 'mallory' may not (read|write) table '(secrets|shown)', which belongs to 'bob'/,
          );
        }
      }
      await as("mallory").execute("drop trigger trap");
    }
    assert.equal((await as("@operator").execute("update evil_log set x = 1")).changes, traps.length);
    assert.deepEqual(await as("bob").query("select word from secrets"), [{ word: "sesame" }]);
  }));

Deno.test("a foreign key can't be laid on a table before its owner creates it", () =>
  withBob(async ({ as }) => {
    await as("mallory").execute("create table child (x references wanted (id))");
    const { code, message } = await faultOf(() => as("bob").execute("create table wanted (id integer primary key)"));
    assert.deepEqual([code, message], ["denied", "table 'child' of 'mallory' refers to table 'wanted' of 'bob'"]);
    await as("mallory").execute("drop table child");
    await as("bob").execute("create table wanted (id integer primary key)");
    await as("bob").execute("create table children (x references wanted (id) on delete cascade)");
    assert.equal((await faultOf(() => as("bob").execute("insert into children values (1)"))).code, "conflict");
  }));

Deno.test("a name that is free again belongs to who takes it, and a renamed table to its owner", () =>
  withBob(async ({ as }) => {
    await as("mallory").execute("alter table own rename to theirs");
    await as("bob").execute("create table own (y)");
    assert.equal((await faultOf(() => as("mallory").query("select * from own"))).code, "denied");
    assert.deepEqual(await as("mallory").query("select * from theirs"), []);
    await as("bob").execute("drop table own");
    await as("mallory").execute("create table if not exists OWN (z)");
    assert.equal((await faultOf(() => as("bob").query("select * from own"))).code, "denied");
  }));

Deno.test("a definition that is rolled back gives nothing away", () =>
  withBob(async ({ as }) => {
    await faultOf(() =>
      as("mallory").transaction([["drop table own"], ["create table fresh (x)"], ["select * from secrets"]])
    );
    await as("bob").execute("create table fresh (x)");
    assert.equal((await faultOf(() => as("mallory").query("select * from fresh"))).code, "denied");
    assert.equal((await faultOf(() => as("bob").query("select * from own"))).code, "denied");
    assert.deepEqual(await as("mallory").query("select * from own"), []);
  }));

Deno.test("a table that somebody made beside the service belongs to the operator", () =>
  withBob(async ({ as, another }) => {
    // As the sqlite3 shell would: another connection without a record of owners.
    const { DatabaseSync } = await import("node:sqlite");
    const home = another().home;
    const beside = new DatabaseSync(`${home}/runtime/files/database/database.sqlite`);
    beside.exec("create table imported (x)");
    beside.close();
    assert.equal((await faultOf(() => as("mallory").query("select * from imported"))).code, "denied");
    assert.deepEqual(await as("@operator").query("select * from imported"), []);
  }));

Deno.test("a principal owns its tables, and can't pass for the operator", () =>
  withBob(async ({ as }) => {
    await as("@web", "console").execute("create table notes (x)");
    assert.deepEqual(await as("@mcp", "@console").query("select * from notes"), []);
    assert.equal((await faultOf(() => as("console").query("select * from notes"))).code, "denied");
    for (const principal of ["operator", "@operator", "../x", ""]) {
      assert.equal((await faultOf(() => as("@web", principal).query("select 1"))).code, "denied", principal);
    }
  }));
