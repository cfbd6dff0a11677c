import assert from "node:assert/strict";
import { type Served, withDatabase } from "./with_database.ts";

const ACCESS = {
  reader: { read: ["Secrets"] },
  writer: { read: ["secrets"], write: ["secrets", "evil_log"] },
  inserter: { write: ["secrets"] },
};

/** Bob has a table with a secret, and everything that hangs on one; Mallory wants it. */
export function withBob(act: (served: Served) => Promise<void>): Promise<void> {
  return withDatabase({ access: ACCESS }, async (served) => {
    await served.as("bob").transaction([
      ["create table secrets (id integer primary key autoincrement, word text default 'hunter2')"],
      ["insert into secrets (word) values ('sesame')"],
      ["create index by_word on secrets (word)"],
      ["create view shown as select word from secrets"],
      ["create table log (x)"],
      ["create trigger noted after insert on secrets begin insert into log values (new.id); end"],
    ]);
    await served.as("mallory").execute("create table own (x)");
    await act(served);
  });
}

export async function assertUntouched({ as }: Served): Promise<void> {
  assert.deepEqual(await as("bob").query("select id, word from secrets"), [{ id: 1, word: "sesame" }]);
  assert.deepEqual(
    await as("bob").query("select name from sqlite_master where name not like 'sqlite%' order by name"),
    [
      ...["by_word", "database_owners", "log", "noted", "own", "secrets", "shown"].map((name) => ({ name })),
    ],
  );
  assert.equal((await as("bob").execute("insert into secrets (id) values (99)")).changes, 1);
  await as("bob").execute("delete from secrets where id = 99");
}
