import assert from "node:assert/strict";
import { bindValues } from "../../../../../plugins/services/database/postgres/bind_values.ts";
import { parserOf } from "../../../../../plugins/services/database/postgres/read_values.ts";
import { parseUrl } from "../../../../../plugins/services/database/postgres/parse_url.ts";
import { faultOf } from "../../../scripted_kernel.ts";

Deno.test("bindValues writes values as PostgreSQL reads them", () => {
  const bytes = new Uint8Array([1]);
  const given = [1, 1.5, 2n ** 63n - 1n, true, null, "x", bytes, new Date(0), [1, 'a"\\', null, [true]], { a: [1] }];
  assert.deepEqual(bindValues(given, given.length), [
    ...["1", "1.5", "9223372036854775807", "true", null, "x", bytes, "1970-01-01T00:00:00.000Z"],
    ...['{"1","a\\"\\\\",NULL,{"true"}}', '{"a":[1]}'],
  ]);
});

Deno.test("bindValues refuses what would arrive changed, also inside of lists and objects", async () => {
  for (
    const value of [undefined, NaN, new Date(NaN), 2n ** 63n, "\0", new Map(), [undefined], [[() => 1]], { a: 1n }, {
      a: "\0",
    }]
  ) {
    assert.equal((await faultOf(() => bindValues([value], 1))).code, "invalid_argument");
  }
  assert.equal((await faultOf(() => bindValues([1], 2))).code, "invalid_argument");
  assert.equal((await faultOf(() => bindValues("x", 0))).code, "invalid_argument");
});

Deno.test("parserOf reads what has an exact form, and leaves the rest as text", () => {
  const read: [number, string, unknown][] = [
    ...[[16, "t", true], [16, "f", false], [17, "\\x00ff", new Uint8Array([0, 255])]] as [number, string, unknown][],
    ...[[20, "9007199254740993", 2n ** 53n + 1n], [20, "7", 7], [23, "-7", -7]] as [number, string, unknown][],
    ...[[701, "1.5", 1.5], [701, "NaN", "NaN"], [701, "-Infinity", "-Infinity"]] as [number, string, unknown][],
    ...[[1700, "1.10", "1.10"], [25, "x", "x"], [9_999_999, "(1,2)", "(1,2)"]] as [number, string, unknown][],
    [1184, "2024-01-02 03:04:05.123456+00", new Date("2024-01-02T03:04:05.123Z")],
    [1184, "2024-01-02 03:04:05+05:30", new Date("2024-01-01T21:34:05Z")],
    [1184, "infinity", "infinity"],
    [1184, "0044-03-15 00:00:00+00 BC", "0044-03-15 00:00:00+00 BC"],
    [1082, "2024-01-02", "2024-01-02"],
    [1114, "2024-01-02 03:04:05", "2024-01-02 03:04:05"],
    [3802, '{"a": [1, null]}', { a: [1, null] }],
    [1007, "{1,NULL,3}", [1, null, 3]],
    [1009, '{a,"b \\"c\\"","NULL",NULL,""}', ["a", 'b "c"', "NULL", null, ""]],
    [1007, "[0:1]={{1,2},{3,4}}", [[1, 2], [3, 4]]],
    [1007, "{}", []],
    [1016, "{9007199254740993}", [2n ** 53n + 1n]],
  ];
  for (const [type, text, value] of read) assert.deepEqual(parserOf(type)(text), value, text);
});

Deno.test("parseUrl takes an address without a password, and names what is wrong with another", () => {
  assert.deepEqual(parseUrl("postgres://me@db.example.com/notes"), {
    ...{ host: "db.example.com", port: 5432, database: "notes", user: "me", tls: false },
  });
  assert.deepEqual(parseUrl("postgresql://a%20b@[::1]:6543/x%2dy?sslmode=verify-full"), {
    ...{ host: "::1", port: 6543, database: "x-y", user: "a b", tls: true },
  });
  const refused: [unknown, RegExp][] = [
    ["mysql://a@b/c", /is no postgres:\/\/ address/],
    [7, /is no postgres/],
    ["postgres://a:secret@b/c", /has a password in it; name a secret: password_secret: NAME/],
    ["postgres://b/c", /lacks a part/],
    ["postgres://a@b/", /lacks a part/],
    ["postgres://a@b/c?sslmode=require", /another sslmode/],
    ["postgres://a@b/c?options=-cx", /has 'options'/],
  ];
  for (const [url, message] of refused) assert.throws(() => parseUrl(url), message);
  assert.throws(() => parseUrl("postgres://a:secret@b/c"), (error) => !String(error).includes("secret@"));
});
