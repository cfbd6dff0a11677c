/** What one caller tries against another's tables, and against the service itself. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { DENIED } from "./denied_statements.ts";
import { assertUntouched, withBob } from "./with_bob.ts";

Deno.test("a statement that reaches for another's table, for the owners or for the connection is denied, and nothing has changed", () =>
  withBob(async (served) => {
    for (const sql of DENIED) {
      for (const run of [served.as("mallory").execute, (text: string) => served.as("mallory").transaction([[text]])]) {
        const { code, message } = await faultOf(() => run(sql)).catch(() => assert.fail(`not refused: ${sql}`));
        // What SQLite does not even have, or refuses before it asks, is an error of the statement.
        if (code !== "denied") {
          assert.match(
            message,
            /^(no such table|no such module|no such trigger|unknown database|unable to delete|cannot)/,
            `${sql}: ${code} ${message}`,
          );
        }
      }
    }
    await assertUntouched(served);
  }));

Deno.test("the schema can't be written by anybody, not even by the operator", () =>
  withBob(async (served) => {
    for (const who of ["mallory", "bob", "@operator"]) {
      for (
        const sql of [
          "update sqlite_master set sql = 'create table secrets (x)'",
          "insert into sqlite_master values ('table', 'x', 'x', 2, 'create table x (y)')",
          "delete from sqlite_schema",
          "update sqlite_temp_master set sql = ''",
          "drop table sqlite_master",
          "drop table sqlite_sequence",
        ]
      ) await faultOf(() => served.as(who).execute(sql)).catch(() => assert.fail(`${who}: ${sql}`));
    }
    await assertUntouched(served);
  }));

Deno.test("the operator reads and writes every table but the owners", () =>
  withBob(async ({ as }) => {
    const operator = as("@operator");
    assert.deepEqual(await operator.query("select word from shown"), [{ word: "sesame" }]);
    assert.equal((await operator.execute("update secrets set word = 'open'")).changes, 1);
    assert.deepEqual(await operator.query("select name, seq from sqlite_sequence"), [{ name: "secrets", seq: 1 }]);
    assert.match(
      String((await operator.query("select sql from sqlite_master where name = 'secrets'"))[0]?.["sql"]),
      /hunter2/,
    );
    for (const sql of ["select * from database_owners", "delete from database_owners", "drop table database_owners"]) {
      assert.equal((await faultOf(() => operator.execute(sql))).code, "denied");
    }
    await operator.execute("alter table secrets rename to words");
    assert.deepEqual(await as("bob").query("select word from words"), [{ word: "open" }]);
    await operator.execute("drop table words");
  }));

Deno.test("others' tables are in the list by name only: neither their definitions nor their columns", () =>
  withBob(async ({ as }) => {
    assert.deepEqual(await as("mallory").query("select name, sql from sqlite_master where name = 'secrets'"), [{
      name: "secrets",
      sql: null,
    }]);
    const columns = await as("mallory").query(
      "select m.name t, c.name c from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'",
    );
    assert.deepEqual(columns, [{ t: "own", c: "x" }]);
    assert.deepEqual(await as("mallory").query("select sql from sqlite_master where sql like '%hunter2%'"), []);
  }));
