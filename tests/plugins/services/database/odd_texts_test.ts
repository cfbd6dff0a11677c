/** Texts and values that would break or fill the process. */
import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { withBob } from "./with_bob.ts";

Deno.test("empty, endless and odd texts are refused and never end the process", () =>
  withBob(async ({ as }) => {
    const odd = [
      "",
      " ",
      ";",
      ";;",
      "--",
      "-- x",
      "/*",
      "/**/",
      "/*/",
      "\u{FEFF}",
      "\u{FEFF};--",
      "\t\n\f\r",
      "\v",
      "\u{A0}",
      "select 1\0",
      "'",
      '"',
      "[",
      "`",
      "\ud800",
    ];
    const wrong = [
      undefined,
      null,
      1,
      {},
      [],
      "select 1; select 2",
      "select 1;;select 2",
      "select ?1",
      "select :a",
      "select @a",
      "select $a",
    ];
    for (
      const sql of [...odd, ...wrong, "(".repeat(5_000), "select " + "1,".repeat(3_000) + "1", "x".repeat(1_000_001)]
    ) {
      for (
        const run of [
          as("mallory").execute,
          as("mallory").query,
          (text: unknown) => as("mallory").transaction([[text]]),
        ]
      ) {
        const { code } = await faultOf(() => run(sql)).catch(() => assert.fail(`not refused: ${JSON.stringify(sql)}`));
        assert.ok(code === "invalid_argument" || code === "too_large", `${JSON.stringify(sql)?.slice(0, 40)}: ${code}`);
      }
    }
    assert.equal((await as("mallory").query("select 1 /* and\n; */ ;; -- and")).length, 1);
  }));

Deno.test("values that are too large are refused before they take the memory", () =>
  withBob(async ({ as }) => {
    for (
      const sql of [
        "select zeroblob(900000000)",
        "select randomblob(900000000)",
        "select printf('%900000000d', 1)",
        "select hex(zeroblob(8000000))",
      ]
    ) {
      assert.equal((await faultOf(() => as("mallory").query(sql))).code, "too_large", sql);
    }
  }));
