/** Kysely over a handle: the same on both engines. */
import assert from "node:assert/strict";
import { type Generated, Kysely, migrate, openKysely, sql } from "meta-machine/kysely";
import { faultOf } from "../../../scripted_kernel.ts";
import { type ContractEngine, type ContractServed, handleOf, promisedBy } from "./contract_engine.ts";

interface Schema {
  notes: { id: Generated<number>; text: string; stars: number | null };
}

async function withNotes({ as }: ContractServed, who = "alice"): Promise<Kysely<Schema>> {
  const db = openKysely<Schema>(handleOf(as(who)));
  await db.schema.createTable("notes")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("text", "text", (column) => column.notNull().unique())
    .addColumn("stars", "integer")
    .execute();
  return db;
}

export function typedContract(engine: ContractEngine): void {
  const promised = promisedBy(engine);

  promised("Kysely inserts, updates, selects and deletes", async (served) => {
    const db = await withNotes(served);
    const { numInsertedOrUpdatedRows } = await db.insertInto("notes")
      .values([{ id: 1, text: "a", stars: 3 }, { id: 2, text: "b", stars: null }]).executeTakeFirstOrThrow();
    assert.equal(numInsertedOrUpdatedRows, 2n);
    assert.deepEqual(
      await db.insertInto("notes").values({ id: 3, text: "c", stars: 1 }).returning(["id", "text"]).execute(),
      [{ id: 3, text: "c" }],
    );
    assert.equal(
      (await db.updateTable("notes").set({ stars: 5 }).where("id", ">", 1).executeTakeFirst()).numUpdatedRows,
      2n,
    );
    assert.deepEqual(
      await db.selectFrom("notes").select(["id", "stars"]).where("text", "in", ["a", "b"]).orderBy("id").execute(),
      [{ id: 1, stars: 3 }, { id: 2, stars: 5 }],
    );
    assert.equal((await sql`delete from notes where id = 3`.execute(db)).numAffectedRows, 1n);
    assert.equal((await db.deleteFrom("notes").executeTakeFirst()).numDeletedRows, 2n);

    const twice = db.insertInto("notes").values([{ id: 8, text: "x", stars: 1 }, { id: 9, text: "x", stars: 1 }]);
    assert.equal((await faultOf(() => twice.execute())).code, "conflict");
    await db.destroy();
  });

  promised("Kysely's transactions commit, roll back and nest by savepoints", async (served) => {
    const db = await withNotes(served);
    await db.transaction().execute(async (trx) => {
      await trx.insertInto("notes").values({ id: 1, text: "a", stars: null }).execute();
      assert.deepEqual(await trx.selectFrom("notes").select("id").execute(), [{ id: 1 }]);
      assert.deepEqual(await db.selectFrom("notes").select("id").execute(), []);
    });
    await assert.rejects(
      db.transaction().execute(async (trx) => {
        await trx.insertInto("notes").values({ id: 2, text: "b", stars: null }).execute();
        throw new Error("no");
      }),
      /^Error: no$/,
    );
    const trx = await db.startTransaction().execute();
    await trx.insertInto("notes").values({ id: 3, text: "c", stars: null }).execute();
    const saved = await trx.savepoint("before").execute();
    await faultOf(() => saved.insertInto("notes").values({ id: 3, text: "d", stars: null }).execute());
    await saved.rollbackToSavepoint("before").execute();
    await trx.insertInto("notes").values({ id: 4, text: "d", stars: null }).execute();
    await trx.commit().execute();
    assert.deepEqual(await db.selectFrom("notes").select("id").orderBy("id").execute(), [{ id: 1 }, { id: 3 }, {
      id: 4,
    }]);
  });

  promised("transactions at the same time do not mix", async (served) => {
    const db = await withNotes(served);
    await Promise.all(
      [1, 2, 3].map((id) =>
        db.transaction().setIsolationLevel("read committed").execute(async (trx) => {
          await trx.insertInto("notes").values({ id, text: `${id}`, stars: 0 }).execute();
          await trx.updateTable("notes").set({ stars: id }).where("id", "=", id).execute();
        })
      ),
    );
    assert.deepEqual(await db.selectFrom("notes").select("stars").orderBy("id").execute(), [
      ...[1, 2, 3].map((stars) => ({ stars })),
    ]);
    const { code } = await faultOf(() =>
      db.transaction().setAccessMode("read only").execute((trx) => trx.deleteFrom("notes").execute())
    );
    assert.equal(code, "invalid_argument");
  });

  promised("Kysely streams outside and inside of transactions, also what a statement returns", async (served) => {
    const db = await withNotes(served);
    const values = Array.from({ length: 25 }, (_, id) => ({ id, text: `${id}`, stars: null }));
    await db.insertInto("notes").values(values).execute();
    const ids: number[] = [];
    for await (const { id } of db.selectFrom("notes").select("id").orderBy("id").stream(10)) ids.push(id);
    assert.deepEqual(ids, values.map(({ id }) => id));
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom("notes").where("id", ">", 4).execute();
      let left = 0;
      for await (const _ of trx.selectFrom("notes").selectAll().stream(2)) left++;
      assert.equal(left, 5);
      let deleted = 0;
      for await (const _ of trx.deleteFrom("notes").where("id", ">", 2).returning("id").stream(2)) deleted++;
      assert.equal(deleted, 2);
    });
    let deleted = 0;
    for await (const _ of db.deleteFrom("notes").returning("id").stream(2)) deleted++;
    assert.equal(deleted, 3);
    assert.deepEqual(await db.selectFrom("notes").selectAll().execute(), []);
  });

  promised("the first query is written for the engine that the service turns out to be", async ({ as }) => {
    const db = openKysely<Schema>(handleOf(as("alice")));
    const query = db.selectNoFrom((eb) => [eb.val("a").as("first"), eb.val("b").as("second")]);
    assert.deepEqual(await query.execute(), [{ first: "a", second: "b" }]);
    assert.match(query.compile().sql, engine.name === "SQLite" ? /select \? as/ : /select \$1 as/);
  });

  promised("introspection shows the caller's tables, in a transaction what it has made there", async (served) => {
    const db = await withNotes(served);
    await served.as("bob").execute("create table hidden (x integer)");
    const names = async (of: Kysely<Schema>) => (await of.introspection.getTables()).map(({ name }) => name);
    assert.deepEqual(await names(db), ["notes"]);
    const [notes] = await db.introspection.getTables();
    assert.deepEqual(notes!.columns.map(({ name, isNullable }) => [name, isNullable]).slice(1), [
      ...[["text", false], ["stars", true]],
    ]);
    await assert.rejects(
      db.transaction().execute(async (trx) => {
        await trx.schema.createTable("young").addColumn("x", "integer").execute();
        assert.deepEqual((await names(trx)).sort(), ["notes", "young"]);
        throw new Error("undo");
      }),
      /undo/,
    );
    assert.deepEqual(await names(db), ["notes"]);
  });

  promised("a transaction that is forgotten tells so when it goes on, and its rollback is quiet", async (served) => {
    const db = await withNotes(served);
    const { code } = await faultOf(() =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto("notes").values({ id: 1, text: "a", stars: null }).execute();
        await new Promise((resolve) => setTimeout(resolve, 300));
        await trx.selectFrom("notes").selectAll().execute();
      })
    );
    assert.equal(code, "conflict");
    assert.deepEqual(await db.selectFrom("notes").selectAll().execute(), []);
  }, { session_idle_ms: 120 });

  promised("migrate runs each migration once, in order, all of them or none", async ({ as }) => {
    const db = openKysely<Schema>(handleOf(as("tasks/alice")));
    const first = {
      "001_notes": "create table notes (id integer primary key, text text);\ninsert into notes values (1, 'a;b');",
    };
    assert.deepEqual((await migrate(db, first)).map(({ migrationName, status }) => [migrationName, status]), [
      ...[["001_notes", "Success"]],
    ]);
    assert.deepEqual(await migrate(db, first), []);
    const broken = {
      ...first,
      "002_stars": "alter table notes add column stars integer",
      "003_broken": "create table more (x integer); insert into nowhere values (1)",
    };
    const { code, message } = await faultOf(() => migrate(db, broken));
    assert.equal(code, "invalid_argument");
    assert.match(message, /^migration 003_broken: .*nowhere/);
    const second = {
      ...first,
      "002_stars": {
        up: (db: Kysely<unknown>) => db.schema.alterTable("notes").addColumn("stars", "integer").execute(),
      },
    };
    assert.deepEqual((await migrate(db, second)).map(({ migrationName }) => migrationName), ["002_stars"]);
    assert.deepEqual(await db.selectFrom("notes").selectAll().execute(), [{ id: 1, text: "a;b", stars: null }]);
    assert.deepEqual((await db.introspection.getTables()).map(({ name }) => name), ["notes"]);
    await assert.rejects(migrate(db, { "002_stars": second["002_stars"] }), /001_notes is missing/);
    await assert.rejects(migrate(db, { "000_late": "select 1", ...second }), /000_late/);
  });

  promised(
    "migrations given to openKysely are run before the first query, and again where they failed",
    async ({ as }) => {
      const migrations = { "001_notes": "create table notes (id integer primary key, text text, stars integer)" };
      const db = openKysely<Schema>(handleOf(as("alice")), { migrations });
      await Promise.all([1, 2].map((id) => db.insertInto("notes").values({ id, text: "x", stars: null }).execute()));
      assert.equal((await db.selectFrom("notes").selectAll().execute()).length, 2);
      const broken = openKysely<Schema>(handleOf(as("bob")), { migrations });
      await as("bob").query("select 1 as x");
      assert.equal((await faultOf(() => broken.selectFrom("notes").selectAll().execute())).code, "invalid_argument");
      await db.schema.dropTable("notes").execute();
      assert.deepEqual(await broken.selectFrom("notes").selectAll().execute(), []);
    },
  );

  promised("each module has migrations of its own, and nobody reads another's", async ({ as }) => {
    for (const who of ["alice", "tasks/bob", "@operator"]) {
      const table = who.replaceAll(/\W/g, "");
      const db = openKysely<Schema>(handleOf(as(who)));
      assert.equal((await migrate(db, { first: `create table ${table} (x integer)` })).length, 1);
    }
    assert.equal((await faultOf(() => as("alice").query("select * from kysely_migration_tasks_bob"))).code, "denied");
    const { code } = await faultOf(() => migrate(openKysely(handleOf(as("alice"))), { first: "", second: "commit" }));
    assert.equal(code, "denied");
  });

  promised("migrations at the same time are run once", async ({ as }) => {
    const db = () => openKysely<Schema>(handleOf(as("alice")));
    const migrations = { first: "create table notes (id integer)", second: "insert into notes values (1)" };
    const done = await Promise.allSettled([migrate(db(), migrations), migrate(db(), migrations)]);
    assert.ok(done.some(({ status }) => status === "fulfilled"));
    await migrate(db(), migrations);
    assert.deepEqual(await as("alice").query("select id from notes"), [{ id: 1 }]);
  });
}
