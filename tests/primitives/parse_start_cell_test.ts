import assert from "node:assert/strict";
import { isGrantFolder, isHostPort, parseStartCell } from "../../kernel/primitives/parse_start_cell.ts";

const START = {
  t: "start_cell",
  cell: "notes~1",
  folders: [{ path: "runtime/files/notes", mode: "rw" }],
  net: ["api.example.com:443"],
  limits: { memory_mb: 128, heap_mb: 96 },
};

Deno.test("isGrantFolder takes folders below the home", () => {
  for (const path of [".", "a", "a/b", "runtime/files/data base", "..a/b..", ".hidden", "ü/日本", "a=b;c$(d)"]) {
    assert.ok(isGrantFolder(path), path);
  }
  assert.ok(isGrantFolder("x".repeat(1_024)));
});

Deno.test("isGrantFolder refuses what leaves the home or would end an entry of a permission list", () => {
  for (
    const path of [
      "",
      "/",
      "/etc",
      "..",
      "../a",
      "a/..",
      "a/../b",
      "./a",
      "a/.",
      "a//b",
      "a/",
      "a,b",
      "a\\b",
      "..\\a",
      "a\0",
      "a\nb",
      "a\x7f",
      "a\x9b",
      "\ud800",
      "x".repeat(1_025),
      null,
      5,
      ["a"],
    ]
  ) assert.ok(!isGrantFolder(path), JSON.stringify(path));
});

Deno.test("isHostPort takes one host and one port", () => {
  for (
    const text of [
      "localhost:1",
      "127.0.0.1:65535",
      "127.0.0.1:0",
      "[::1]:8080",
      "[fe80::1:2]:1",
      "a-b.example.com:443",
      "my_host:80",
    ]
  ) {
    assert.ok(isHostPort(text), text);
  }
});

Deno.test("isHostPort refuses everything else", () => {
  for (
    const text of [
      "",
      ":80",
      "localhost",
      "localhost:",
      "localhost:65536",
      "localhost:99999999",
      "localhost:-1",
      "localhost:http",
      "localhost:1,b:2",
      "*:80",
      "*.example.com:443",
      "unix:/run/x",
      "a..b:1",
      "-a:1",
      "a-:1",
      ".a:1",
      "::1:80",
      "[]:80",
      "[::1]",
      "[::1]:",
      "[x]:1",
      "http://a:1",
      "a:1/",
      "a b:1",
      "a:1\n",
      "\na:1",
      "ü.de:1",
      `${"a".repeat(64)}:1`,
      null,
      80,
    ]
  ) assert.ok(!isHostPort(text), JSON.stringify(text));
});

Deno.test("parseStartCell gives a fresh object of known fields", () => {
  const noisy = {
    ...START,
    flags: ["-A"],
    folders: [{ path: "a", mode: "r", x: 1 }],
    limits: { ...START.limits, x: 1 },
  };
  assert.deepEqual(parseStartCell(noisy), { ...START, folders: [{ path: "a", mode: "r" }] });
  assert.ok(parseStartCell({ ...START, folders: [], net: [] }));
});

Deno.test("parseStartCell refuses any field that is not what the channel says", () => {
  for (
    const change of [
      { t: "start" },
      { cell: "notes" },
      { cell: "../x~1" },
      { folders: [{ path: "..", mode: "r" }] },
      { folders: [{ path: "a", mode: "w" }] },
      { folders: [{ path: "a" }] },
      { folders: ["a"] },
      { folders: null },
      { folders: Array(257).fill({ path: "a", mode: "r" }) },
      { net: ["x"] },
      { net: "a:1" },
      { limits: null },
      { limits: { memory_mb: 0, heap_mb: 1 } },
      { limits: { memory_mb: 1.5, heap_mb: 1 } },
      { limits: { memory_mb: 1 } },
      { limits: { memory_mb: "1", heap_mb: 1 } },
    ]
  ) assert.equal(parseStartCell({ ...START, ...change }), undefined, JSON.stringify(change));
  assert.equal(parseStartCell([START]), undefined);
});

Deno.test("parseStartCell takes any_net only as it is, and does not read anything else into it", () => {
  const bare = { ...START, folders: [], net: [] };
  assert.deepEqual(parseStartCell({ ...bare, any_net: true }), { ...bare, any_net: true });
  assert.ok(!("any_net" in parseStartCell(bare)!));
  for (const any_net of [false, 1, "true", null, []]) assert.equal(parseStartCell({ ...bare, any_net }), undefined);
});
