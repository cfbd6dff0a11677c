/** Whose tables they are: the same on both engines. */
import assert from "node:assert/strict";
import { faultOf } from "../../../scripted_kernel.ts";
import { type ContractEngine, type ContractServed, promisedBy } from "./contract_engine.ts";

const ACCESS = {
  reader: { read: ["Secrets"] },
  writer: { read: ["secrets"], write: ["secrets"] },
  inserter: { write: ["secrets"] },
};

async function withSecrets({ as }: ContractServed): Promise<void> {
  await as("bob").transaction([
    ["create table secrets (id integer primary key, word text default 'hunter2')"],
    ["insert into secrets values (1, 'sesame')"],
    ["create view shown as select word from secrets"],
    ["create index by_word on secrets (word)"],
  ]);
  await as("mallory").execute("create table own (x text)");
}

/** What Mallory tries. */
const REACHING = [
  "select * from secrets",
  "select count(*) from secrets",
  'select * from "secrets"',
  "select exists (select 1 from secrets)",
  "select * from shown",
  "select x from own where x in (select word from secrets)",
  "with a as (select * from secrets) select * from a",
  "select x from own union all select word from secrets",
  "explain select * from secrets",
  "create table copy as select * from secrets",
  "insert into own select word from secrets",
  "update own set x = (select word from secrets)",
  "insert into own values ('1') returning (select word from secrets)",
  "insert into secrets values (2, 'x')",
  "insert into secrets default values",
  "update secrets set word = 'x'",
  "delete from secrets",
  "drop table secrets",
  "drop table if exists secrets",
  "drop view shown",
  "drop index by_word",
  "alter table secrets rename to mine",
  "alter table secrets add column y integer",
  "create index mine on secrets (id)",
  "create table child (x integer references secrets (id))",
];

export function ownershipContract(engine: ContractEngine): void {
  const promised = promisedBy(engine);

  promised("a caller reaches no table of another's, whichever way it tries", async (served) => {
    await withSecrets(served);
    const mallory = served.as("mallory");
    for (const sql of REACHING) {
      for (const run of [mallory.execute, (text: string) => mallory.transaction([[text]])]) {
        const { code, message } = await faultOf(() => run(sql)).catch(() => assert.fail(`not refused: ${sql}`));
        assert.equal(code, "denied", `${sql}: ${code} ${message}`);
      }
    }
    const { id } = await mallory.session_open();
    for (const sql of REACHING) {
      await mallory.session_run(id, "savepoint a");
      assert.equal((await faultOf(() => mallory.session_run(id, sql))).code, "denied", sql);
      await mallory.session_run(id, "rollback to a");
    }
    const stream = mallory.session_rows(id, "select * from secrets");
    assert.equal((await faultOf(() => stream.next())).code, "denied");
    await mallory.session_close(id, "rollback");
    assert.equal((await faultOf(() => mallory.rows("select * from secrets").next())).code, "denied");
    assert.deepEqual(await served.as("bob").query("select id, word from secrets"), [{ id: 1, word: "sesame" }]);
  });

  promised("access in the config opens a table for reading or writing, and nothing more", async (served) => {
    await withSecrets(served);
    const [reader, writer, inserter] = ["reader", "writer", "inserter"].map((who) => served.as(who));
    assert.deepEqual(await reader!.query("select word from secrets"), [{ word: "sesame" }]);
    for (const sql of ["delete from secrets", "update secrets set word = 'x'", "insert into secrets values (9, '')"]) {
      assert.equal((await faultOf(() => reader!.execute(sql))).code, "denied", sql);
    }
    assert.equal((await inserter!.execute("insert into secrets values (2, 'x')")).changes, 1);
    for (
      const sql of [
        "select word from secrets",
        "update secrets set word = 'x' where word = 'y'",
        "delete from secrets where id = 1",
        "insert into secrets values (3, 'x') returning word",
      ]
    ) assert.equal((await faultOf(() => inserter!.execute(sql))).code, "denied", sql);
    assert.equal((await writer!.execute("update secrets set word = 'y' where id = 2")).changes, 1);
    assert.equal((await writer!.execute("delete from secrets where id = 2")).changes, 1);
    for (
      const sql of ["drop table secrets", "alter table secrets rename to mine", "create index i on secrets (id)"]
    ) assert.equal((await faultOf(() => writer!.execute(sql))).code, "denied", sql);
    // The view shows a table that reader may read, but is itself not opened to it.
    assert.equal((await faultOf(() => reader!.query("select * from shown"))).code, "denied");
    const { message, hint } = await faultOf(() => served.as("mallory").query("select * from secrets"));
    assert.equal(
      message,
      "'mallory' may not read table 'secrets', which belongs to 'bob' in: select * from secrets",
    );
    assert.equal(hint, "add to configs/services/database.yml: access: {mallory: {read: [secrets]}}");
  }, { access: ACCESS });

  promised("access reaches tables that are made, dropped and renamed while it runs", async ({ as }) => {
    const reads = (table: string) =>
      as("reader").query(`select * from ${table}`).then(() => "reads", ({ code }) => code);
    await as("bob").execute("create table secrets (x integer)");
    assert.equal(await reads("secrets"), "reads");
    await as("bob").execute("alter table secrets rename to other");
    assert.equal(await reads("other"), "denied");
    await as("bob").execute("alter table other rename to secrets");
    assert.equal(await reads("secrets"), "reads");
    await as("bob").execute("drop table secrets");
    await as("carol").execute("create table secrets (x integer)");
    assert.equal(await reads("secrets"), "reads");
  }, { access: ACCESS });

  promised("a view shows nothing that who asks may not read, nor what its owner may not", async ({ as }) => {
    await withSecrets({ as });
    await as("mallory").execute("create view peek as select * from secrets").catch(() => {});
    assert.notEqual(await as("mallory").query("select * from peek").catch(({ code }) => code), undefined);
    assert.ok(
      ["denied", "invalid_argument"].includes((await faultOf(() => as("mallory").query("select * from peek"))).code),
    );
    // Opened to mallory, it still shows a table that mallory may not read.
    await as("bob").execute("create view opened as select word from secrets");
    assert.equal((await faultOf(() => as("viewer").query("select * from opened"))).code, "denied");
  }, { access: { viewer: { read: ["opened"] } } });

  promised("a name belongs to who takes it first, and is free again when its table is dropped", async ({ as }) => {
    await as("alice").execute("create table t (x integer)");
    for (const sql of ["create table t (y integer)", "create view t as select 1 as one"]) {
      const { code } = await faultOf(() => as("bob").execute(sql));
      assert.equal(code, "invalid_argument", sql);
    }
    assert.equal((await faultOf(() => as("bob").query("select * from t"))).code, "denied");
    await as("alice").execute("drop table t");
    await as("bob").execute("create table t (y integer)");
    assert.deepEqual(await as("bob").query("select y from t"), []);
    assert.equal((await faultOf(() => as("alice").query("select * from t"))).code, "denied");
  });

  promised("the operator reads, changes and drops every table", async ({ as }) => {
    await withSecrets({ as });
    const operator = as("@operator");
    assert.deepEqual(await operator.query("select word from secrets"), [{ word: "sesame" }]);
    assert.equal((await operator.execute("update secrets set word = 'open'")).changes, 1);
    await operator.execute("alter table own rename to theirs");
    assert.deepEqual(await as("mallory").query("select * from theirs"), []);
    await operator.execute("drop table theirs");
    await operator.execute("create table notes (x integer)");
    assert.equal((await faultOf(() => as("mallory").query("select * from notes"))).code, "denied");
  });

  promised("a principal owns its tables, and can't pass for the operator", async ({ as }) => {
    await as("@web", "console").execute("create table notes (x integer)");
    assert.deepEqual(await as("@mcp", "@console").query("select * from notes"), []);
    assert.equal((await faultOf(() => as("console").query("select * from notes"))).code, "denied");
    for (const principal of ["operator", "@operator", "../x", ""]) {
      assert.equal((await faultOf(() => as("@web", principal).query("select 1 as x"))).code, "denied", principal);
    }
  });

  promised("tables() shows what the caller may use, with its columns, and nothing of others", async (served) => {
    await withSecrets(served);
    const named = async (who: string) => (await served.as(who).tables()).map(({ name }) => name).sort();
    assert.deepEqual(await named("bob"), ["secrets", "shown"]);
    assert.deepEqual(await named("mallory"), ["own"]);
    assert.deepEqual(await named("reader"), ["secrets"]);
    assert.deepEqual(await named("@operator"), ["own", "secrets", "shown"]);
    const secrets = (await served.as("bob").tables()).find(({ name }) => name === "secrets")!;
    assert.deepEqual(
      secrets.columns.map(({ name, isNullable, hasDefaultValue }) => [name, isNullable, hasDefaultValue]),
      [["id", engine.name === "SQLite", false], ["word", true, true]],
    );
    assert.deepEqual([secrets.isView, (await served.as("bob").tables()).find(({ name }) => name === "shown")?.isView], [
      false,
      true,
    ]);
  }, { access: ACCESS });
}
