import assert from "node:assert/strict";
import type { FromWatchdog } from "../../kernel/contract/channel.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import { KEPT_LOG_LINES, mailbox } from "../../kernel/watchdog/mailbox.ts";

const CELL = "a~1" as CellId;
const log = (number: number): FromWatchdog => ({ t: "log", cell: CELL, stream: "stdout", line: `${number}` });
const exited: FromWatchdog = { t: "exited", cell: CELL, code: 3, signal: null };

function openInto(box: ReturnType<typeof mailbox>): FromWatchdog[] {
  const got: FromWatchdog[] = [];
  box.open((message) => got.push(message) > 0);
  return got;
}

Deno.test("mailbox keeps logs and exits in order while no kernel reads, and hands them over once", () => {
  const box = mailbox();
  box.tell(log(1));
  box.tell(exited);
  box.tell(log(2));
  assert.deepEqual(openInto(box), [log(1), exited, log(2)]);
  box.close();
  assert.deepEqual(openInto(box), []);
});

Deno.test("mailbox keeps what the watchdog said as it keeps lines of cells", () => {
  const said = (number: number): FromWatchdog => ({ t: "said", time: "t", level: "INFO", message: `${number}` });
  const box = mailbox();
  for (let number = 0; number < KEPT_LOG_LINES; number++) box.tell(said(number));
  box.tell(log(1));
  const got = openInto(box);
  assert.deepEqual([got.length, got[0], got.at(-1)], [KEPT_LOG_LINES, said(1), log(1)]);
});

Deno.test("mailbox passes everything on while a kernel reads and keeps again after it", () => {
  const box = mailbox();
  const got = openInto(box);
  box.tell({ t: "cells", cells: [] });
  assert.deepEqual(got, [{ t: "cells", cells: [] }]);
  box.close();
  box.tell(exited);
  assert.equal(got.length, 1);
  assert.deepEqual(openInto(box), [exited]);
});

Deno.test("mailbox keeps the newest lines up to its bound and every exit", () => {
  const box = mailbox();
  box.tell(exited);
  for (let number = 0; number <= KEPT_LOG_LINES; number++) box.tell(log(number));
  const got = openInto(box);
  assert.equal(got.length, KEPT_LOG_LINES + 1);
  assert.deepEqual(got[0], exited);
  assert.deepEqual(got[1], log(1));
});

Deno.test("mailbox keeps no list of cells: a new kernel gets the one of its own start", () => {
  const box = mailbox();
  box.tell({ t: "cells", cells: [] });
  assert.deepEqual(openInto(box), []);
});

Deno.test("mailbox lets kernels that do not lead hear of processes, and of nothing else", () => {
  const box = mailbox();
  const others: [FromWatchdog[], FromWatchdog[]] = [[], []];
  box.overhear(others.map((heard) => (message) => heard.push(message) > 0));
  const got = openInto(box);
  const cells: FromWatchdog = { t: "cells", cells: [] };
  const env: FromWatchdog = { t: "env", name: "KEY", value: "secret" };
  for (const message of [log(1), exited, cells, env]) box.tell(message);
  assert.deepEqual(got, [log(1), exited, cells, env]);
  assert.deepEqual(others, [[exited, cells], [exited, cells]]);
  box.overhear([]);
  box.tell(exited);
  assert.equal(others[0].length, 2);
});

Deno.test("mailbox tells an exit to those that overhear also while nobody leads, and keeps it for who will", () => {
  const box = mailbox();
  const other: FromWatchdog[] = [];
  box.overhear([(message) => other.push(message) > 0]);
  box.tell(exited);
  assert.deepEqual([other, openInto(box)], [[exited], [exited]]);
});
