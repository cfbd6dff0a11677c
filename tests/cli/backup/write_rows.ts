/** A process that writes rows into a database until it is killed, and says each that is safe. Arguments: the file, the journal mode. */
import { DatabaseSync } from "node:sqlite";

const [file, mode] = Deno.args;
const database = new DatabaseSync(file!, { timeout: 5_000 });
database.exec(
  `pragma journal_mode = ${mode}; pragma synchronous = off; create table if not exists rows (n integer primary key, text text)`,
);
const insert = database.prepare("insert into rows (text) values (?)");
for (;;) {
  const { lastInsertRowid } = insert.run("x".repeat(400));
  console.log(lastInsertRowid);
  if (mode === "delete") await new Promise((resolve) => setTimeout(resolve, 1)); // a reader never gets its turn otherwise
}
