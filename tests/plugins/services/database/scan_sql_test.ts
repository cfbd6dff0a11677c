import assert from "node:assert/strict";
import fc from "fast-check";
import { DatabaseSync } from "node:sqlite";
import { scanSql } from "../../../../plugins/services/database/scan_sql.ts";

Deno.test("scanSql counts statements outside of quotes, comments and trigger bodies", () => {
  const counted: [string, number][] = [
    ["", 0],
    [" ;; -- x\n /* ; */ ; ", 0],
    ["select 1", 1],
    ["select 1; -- and no more", 1],
    ["select ';' || \";\" || `;` || [;]", 1],
    ["select 'it''s;'; select 2", 2],
    ["create trigger t after insert on a begin select 1; delete from b; end", 1],
    ["create trigger t after insert on a begin select 1; end; select 2", 2],
    ["create trigger t after insert on a begin select case when 1 then 2 end; select 3; end;", 1],
    ["explain query plan create trigger t after insert on a begin select 1; end; x", 2],
    ["create table trigger_log (x); select 1", 2],
    ["select 1;select 2;select 3", 3],
  ];
  for (const [sql, statements] of counted) assert.equal(scanSql(sql).statements, statements, sql);
});

Deno.test("scanSql counts ? and names the first placeholder of another kind", () => {
  const { statements, placeholders, named } = scanSql("select ?, '?', \"?\" /* ? */ -- ?\n, ?");
  assert.deepEqual([statements, placeholders, named], [1, 2, undefined]);
  for (const named of ["?1", ":a", "@a", "$a", ":ä"]) assert.equal(scanSql(`select ${named}`).named, named);
  assert.equal(scanSql("select ':a', \"$b\"").named, undefined);
});

Deno.test("scanSql gives the statements one by one, triggers in one piece", () => {
  const trigger = "create trigger t after insert on a begin select 1; delete from b; end";
  assert.deepEqual(scanSql(` -- x\n select ';' ; ; ${trigger};\n/* ; */ select 2 -- y\n`).parts, [
    "select ';'",
    trigger,
    "select 2 -- y",
  ]);
});

// An empty statement breaks the driver, so the two have to agree on what is empty.
Deno.test("scanSql finds nothing exactly where SQLite finds nothing", () => {
  const connection = new DatabaseSync(":memory:");
  const part = fc.constantFrom(
    " ",
    "\t",
    "\n",
    "\f",
    "\r",
    "\v",
    ";",
    "-",
    "--",
    "/*",
    "*/",
    "/",
    "*",
    "\u{FEFF}",
    "\u{A0}",
    "'",
    "x",
    "select 1",
    "(",
    "?",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }).map((parts) => parts.join("")), (sql) => {
      let empty: boolean;
      try {
        // Compiling is safe; an empty statement has no columns and fails only when it is run.
        const statement = connection.prepare(sql);
        empty = statement.columns().length === 0;
      } catch {
        return;
      }
      const { statements } = scanSql(sql);
      assert.equal(statements === 0, empty, JSON.stringify(sql));
    }),
    { numRuns: 3_000 },
  );
  connection.close();
});

Deno.test("scanSql takes a long text in a moment", () => {
  const started = performance.now();
  for (const unit of ["'", "/*", "--", "''", ";", "?", "[", "create trigger ", " "]) {
    scanSql(unit.repeat(1_000_000 / unit.length));
  }
  assert.ok(performance.now() - started < 5_000);
});
