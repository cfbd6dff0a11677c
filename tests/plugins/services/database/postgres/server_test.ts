/** The server as it is set up, goes away and comes back. */
import assert from "node:assert/strict";
import { faultOf } from "../../../scripted_kernel.ts";
import { MISSING, type PostgresServed, withPostgres } from "./with_postgres.ts";

function promised(
  name: string,
  act: (served: PostgresServed) => Promise<void>,
  own: Record<string, unknown> = {},
): void {
  Deno.test({ name, ignore: MISSING !== undefined, fn: () => withPostgres(own, act) });
}

promised("run() throws what the server lacks, in words for who sets it up", async ({ server, database, another }) => {
  const starts = async (own = {}) => (await faultOf(() => another(own).module.run())).message;
  const { name } = database;
  await server.sql(
    "postgres",
    "create role weak login password 'admin'",
    "create role late login createrole password 'admin'",
  );
  const as = (user: string) => ({ url: database.url.replace("mm_admin", user) });
  assert.match(
    await starts(as("weak")),
    /^the user 'weak' may not create roles at PostgreSQL at 127\.0\.0\.1:\d+, .*: as its administrator, alter role "weak" createrole$/,
  );
  assert.match(
    await starts(as("late")),
    /may not create schemas in 'db\d+' .* grant create on database "db\d+" to "late"$/,
  );
  await server.sql(name, "grant create on schema public to public");
  assert.match(await starts(), /revoke create on schema public from public$/);
  await server.sql(name, "revoke create on schema public from public");
  await another().module.run();
});

promised("without the package or with a wrong address the module says what its config needs", async ({ another }) => {
  const { message } = await faultOf(() => another({ url: "postgres://a:b@c/d" }).module.run());
  assert.match(message, /^url has a password in it/);
});

promised(
  "a server that is not there is a conflict that trying again helps, and is used when it comes back",
  async ({ as, server, module }) => {
    await as("alice").execute("create table t (x int)");
    const { id } = await as("alice").session_open();
    await as("alice").session_run(id, "insert into t values (1)");
    await server.restart();
    const lost = await faultOf(() => as("alice").session_run(id, "select 1 as x"));
    assert.deepEqual([lost.code, lost.retriable], ["conflict", true]);
    // A spare connection may still have to notice.
    for (let round = 0; round < 20; round++) {
      const got = await as("alice").query("select * from t").catch(({ code }) => code);
      if (Array.isArray(got)) break;
      assert.equal(got, "conflict");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(await as("alice").query("select * from t"), []);
    await as("alice").execute("insert into t values (2)");
    await module.run();
  },
);

promised("a statement is ended at statement_ms, and a caller that gives up ends its statement", async ({ as }) => {
  const slow = "select count(*) as n from generate_series(1, 100000000) a, generate_series(1, 1000) b";
  const began = performance.now();
  const late = await faultOf(() => as("alice").query(slow));
  assert.deepEqual([late.code, performance.now() - began < 3_000], ["too_large", true]);
  await as("bob").query("select 1 as x");
  const gone = new AbortController();
  const given = faultOf(() => as("bob", "bob", gone.signal).query(slow));
  setTimeout(() => gone.abort(), 50);
  const before = performance.now();
  await given;
  assert.ok(performance.now() - before < 400);
  assert.deepEqual(await as("bob").query("select 1 as x"), [{ x: 1 }]);
}, { statement_ms: 500 });

promised("a session whose time is over while a statement runs is ended with it, and holds no lock", async ({ as }) => {
  await as("alice").execute("create table t (x int primary key)");
  const { id } = await as("alice").session_open();
  await as("alice").session_run(id, "insert into t values (1)");
  const { code } = await faultOf(() =>
    as("alice").session_run(id, "select count(*) as n from generate_series(1, 100000000) a, generate_series(1, 1000) b")
  );
  assert.equal(code, "conflict");
  const began = performance.now();
  await as("alice").execute("insert into t values (1)");
  assert.ok(performance.now() - began < 1_000);
}, { session_max_ms: 200 });

promised("one value of hundreds of megabytes ends its connection and not the process", async ({ as }) => {
  const { code } = await faultOf(() => as("alice").query("select repeat('x', 300000000) as x"));
  assert.equal(code, "too_large");
  assert.deepEqual(await as("alice").query("select 1 as x"), [{ x: 1 }]);
});

promised(
  "connections are bounded: callers take turns, and spare ones of others make room",
  async ({ as, server, database }) => {
    const callers = Array.from({ length: 9 }, (_, index) => `caller${index}`);
    await Promise.all(callers.map((caller) => as(caller).query("select 1 as x")));
    const [{ n }] = await server.sql(
      database.name,
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and usename like 'mm\\_%' and usename <> 'mm_admin'",
    ) as [{ n: number }];
    assert.ok(n <= 3, `${n} connections`);
  },
  { connections: 3 },
);

promised(
  "another instance with another access map grants what that says, and takes the rest away",
  async ({ as, another }) => {
    await as("bob").execute("create table secrets (x int)");
    assert.deepEqual(await as("reader").query("select * from secrets"), []);
    const next = another({ access: { carol: { read: ["secrets"] } } });
    assert.deepEqual(await next.as("carol").query("select * from secrets"), []);
    assert.equal((await faultOf(() => next.as("reader").query("select * from secrets"))).code, "denied");
  },
  { access: { reader: { read: ["secrets"] } } },
);

promised("a writer counts up another's rows: its sequence comes with the grant", async ({ as }) => {
  await as("bob").execute("create table log (id serial primary key, x int)");
  assert.deepEqual((await as("writer").execute("insert into log (x) values (1) returning id")).rows, [{ id: 1 }]);
}, { access: { writer: { read: ["log"], write: ["log"] } } });

promised("what PostgreSQL has beyond SQLite arrives as plain data", async ({ as }) => {
  const alice = as("alice");
  await alice.execute("create table t (a boolean, b jsonb, c int[], d timestamptz, e numeric, f date)");
  const when = new Date(1_700_000_000_123);
  await alice.execute("insert into t values (?, ?, ?, ?, ?, ?)", [
    true,
    { a: [1, null] },
    [1, 2],
    when,
    "1.10",
    "2024-01-02",
  ]);
  assert.deepEqual(await alice.query("select * from t where c = ?::int[] and b ?| array['a']", [[1, 2]]), [
    { a: true, b: { a: [1, null] }, c: [1, 2], d: when, e: "1.10", f: "2024-01-02" },
  ]);
  assert.deepEqual(await alice.query("select b ? 'a' as has from t where a = $1", [true]), [{ has: true }]);
});

promised("a transaction with a failed statement is not committed, and says so", async ({ as }) => {
  await as("alice").execute("create table t (x int primary key)");
  const { id } = await as("alice").session_open();
  await as("alice").session_run(id, "insert into t values (1)");
  await faultOf(() => as("alice").session_run(id, "insert into t values (1)"));
  const aborted = await faultOf(() => as("alice").session_run(id, "select 1 as x"));
  assert.deepEqual([aborted.code, aborted.retriable], ["conflict", false]);
  const { code, message } = await faultOf(() => as("alice").session_close(id, "commit"));
  assert.deepEqual([code, message], [
    "conflict",
    "an earlier statement of the transaction had failed: it was rolled back",
  ]);
  assert.deepEqual(await as("alice").query("select * from t"), []);
});
