/** Sessions on SQLite, where one writes and the others wait. What both engines promise is in contract/. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { withDatabase } from "./with_database.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("while a session writes, others write in the order in which they came, and read without waiting", () =>
  withDatabase({}, async ({ as }) => {
    const [alice, bob] = [as("alice"), as("bob")];
    await alice.execute("create table t (x)");
    await bob.execute("create table u (x)");
    const { id } = await alice.session_open();
    await alice.session_run(id, "insert into t values (1)");
    const done: string[] = [];
    const waiting = [
      bob.execute("insert into u values (1)").then(() => done.push("bob")),
      alice.execute("insert into t values (2)").then(() => done.push("alice")),
      bob.transaction([["insert into u values (2)"]]).then(() => done.push("bob again")),
    ];
    assert.deepEqual(await bob.query("select count(*) n from u"), [{ n: 0 }]);
    assert.deepEqual(await alice.query("select count(*) n from t"), [{ n: 0 }]);
    await pause(30);
    assert.deepEqual(done, []);
    await alice.session_close(id, "commit");
    await Promise.all(waiting);
    assert.deepEqual(done, ["bob", "alice", "bob again"]);
    assert.deepEqual(await alice.query("select x from t order by x"), [{ x: 1 }, { x: 2 }]);
  }));

Deno.test("who waits for a writer waits no longer than its own time, and takes no turn afterwards", () =>
  withDatabase({}, async ({ as }) => {
    const { id } = await as("alice").session_open();
    const gone = new AbortController();
    const given = faultOf(() => as("bob", "bob", gone.signal).execute("create table u (x)"));
    const patient = as("carol").execute("create table v (x)");
    gone.abort();
    const { code, message, retriable } = await given;
    assert.deepEqual([code, message, retriable], [
      ...["conflict", "the call ended while it waited for the one who writes", true],
    ]);
    await as("alice").session_close(id, "rollback");
    await patient;
    assert.deepEqual((await as("@operator").tables()).map(({ name }) => name), ["v"]);
    assert.equal((await faultOf(() => as("bob", "bob", gone.signal).execute("select 1"))).code, "conflict");
  }));

Deno.test("a session that is forgotten holds nobody up for longer than session_idle_ms, and is undone", () =>
  withDatabase({ session_idle_ms: 60 }, async ({ as }) => {
    await as("alice").execute("create table t (x)");
    const { id, idle_ms } = await as("alice").session_open();
    assert.equal(idle_ms, 60);
    for (let round = 0; round < 4; round++) {
      await pause(30);
      await as("alice").session_run(id, "insert into t values (1)");
    }
    const began = performance.now();
    await as("bob").execute("create table u (x)");
    assert.ok(performance.now() - began >= 40);
    const { code, message, retriable } = await faultOf(() => as("alice").session_run(id, "select 1"));
    assert.deepEqual([code, retriable], ["conflict", true]);
    assert.match(message, /^the session has ended: 60 ms passed without a statement \(session_idle_ms\)/);
    assert.deepEqual(await as("alice").query("select * from t"), []);
  }));

Deno.test("a session that is never idle ends at session_max_ms", () =>
  withDatabase({ session_max_ms: 80 }, async ({ as }) => {
    const { id } = await as("alice").session_open();
    const refused = await faultOf(async () => {
      for (;;) {
        await as("alice").session_run(id, "select 1");
        await pause(5);
      }
    });
    assert.match(refused.message, /it lasted 80 ms \(session_max_ms\)/);
    await as("bob").execute("create table u (x)");
  }));

Deno.test("a stream that nobody reads on gives its connection back at session_idle_ms", () =>
  withDatabase({ session_idle_ms: 40 }, async ({ as }) => {
    const rows = as("alice").rows("select value x from json_each('[1, 2, 3]')", [], { batch: 1 });
    assert.deepEqual((await rows.next()).value, [{ x: 1 }]);
    await pause(80);
    assert.equal((await faultOf(() => rows.next())).code, "conflict");
    const held = [];
    for (let i = 0; i < 8; i++) held.push(as(`reader${i}`).session_open("read"));
    await Promise.all(held);
  }));

Deno.test("the end of an instance undoes its sessions, and the next one writes at once", () =>
  withDatabase({}, async (old) => {
    await old.as("alice").execute("create table t (x)");
    const { id } = await old.as("alice").session_open();
    await old.as("alice").session_run(id, "insert into t values (1)");
    const young = old.another();
    assert.deepEqual(await young.as("alice").query("select * from t"), []);
    // Waits for the other instance without holding up its own.
    const written = young.as("alice").execute("insert into t values (2)");
    const began = performance.now();
    await young.as("bob").query("select 1");
    assert.ok(performance.now() - began < 1_000);
    assert.equal((await faultOf(() => young.as("alice").session_run(id, "select 1"))).code, "conflict");
    await pause(100);
    await old.module.shutdown();
    await written;
    assert.deepEqual(await young.as("alice").query("select * from t"), [{ x: 2 }]);
  }));

Deno.test("insert or rollback ends its session, and lets the next one write", () =>
  withDatabase({}, async ({ as }) => {
    await as("alice").execute("create table t (x unique)");
    const { id } = await as("alice").session_open();
    await as("alice").session_run(id, "insert into t values (1)");
    assert.equal(
      (await faultOf(() => as("alice").session_run(id, "insert or rollback into t values (1)"))).code,
      "conflict",
    );
    assert.match(
      (await faultOf(() => as("alice").session_run(id, "select 1"))).message,
      /a statement ended its transaction/,
    );
    await as("bob").execute("create table u (x)");
    assert.deepEqual(await as("alice").query("select * from t"), []);
  }));

Deno.test("a foreign key that is checked at the end refuses the commit, and undoes the session", () =>
  withDatabase({}, async ({ as }) => {
    await as("alice").transaction([
      ["create table parent (id integer primary key)"],
      ["create table child (p references parent (id) deferrable initially deferred)"],
    ]);
    const { id } = await as("alice").session_open();
    await as("alice").session_run(id, "insert into child values (7)");
    const { code, message } = await faultOf(() => as("alice").session_close(id, "commit"));
    assert.deepEqual([code, message], ["conflict", "FOREIGN KEY constraint failed in: commit"]);
    await as("alice").execute("insert into parent values (1)");
    assert.deepEqual(await as("alice").query("select * from child"), []);
  }));

Deno.test("a definition that a session undoes gives no table away, nor does one undone to a savepoint", () =>
  withDatabase({}, async ({ as }) => {
    const { id } = await as("mallory").session_open();
    const run = (sql: string) => as("mallory").session_run(id, sql);
    await run("savepoint a");
    await run("create table fresh (x)");
    await run("insert into fresh values (1)");
    await run("rollback to a");
    await run("create table other (x)");
    await run("insert into other values (1)");
    await as("mallory").session_close(id, "rollback");
    await as("bob").execute("create table fresh (x)");
    await as("bob").execute("create table other (x)");
    for (const table of ["fresh", "other"]) {
      for (const sql of [`select * from ${table}`, `insert into ${table} values (1)`]) {
        assert.equal((await faultOf(() => as("mallory").execute(sql))).code, "denied", sql);
      }
    }
  }));
