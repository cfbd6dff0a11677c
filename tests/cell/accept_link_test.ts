import assert from "node:assert/strict";
import type { CellId } from "../../kernel/contract/names.ts";
import { WIRE } from "../../kernel/contract/limits.ts";
import { proveToken } from "../../kernel/primitives/hmac.ts";
import { settled, TableKit, TOKEN, until } from "./scripted_cell.ts";

const ID = "notes~1";
const attach = (proof: string) => ({ t: "attach", cell: ID as CellId, incarnation: "aa", proof, pid: 7 }) as const;

Deno.test("a link that proves its cell's token is welcomed, and only then", async () => {
  const kit = new TableKit();
  kit.known(ID);
  const link = kit.connect();
  await link.attach(ID, TOKEN);
  assert.deepEqual(await link.next("welcome"), { t: "welcome", epoch: 1 });
  link.report();
  await until(() => kit.events.length > 0);
  assert.deepEqual(kit.events, [`reported ${ID}`]);
});

Deno.test("a wrong proof, an unknown cell, and a proof for another nonce are hung up on", async () => {
  const kit = new TableKit();
  kit.known(ID);
  const foreign = await proveToken(TOKEN, "00".repeat(32), ID, "aa");
  for (
    const speak of [
      (link: ReturnType<TableKit["connect"]>) => link.attach(ID, "cd".repeat(32)),
      (link: ReturnType<TableKit["connect"]>) => link.attach("other~1", TOKEN),
      (link: ReturnType<TableKit["connect"]>) => Promise.resolve(link.say(attach(foreign))),
    ]
  ) {
    const link = kit.connect();
    await speak(link);
    await until(() => link.pipe.closed);
    assert.deepEqual(link.all("welcome"), []);
  }
  assert.deepEqual([kit.events, kit.killed], [[], []]);
});

Deno.test("a link that does not attach is given one second", async () => {
  const kit = new TableKit();
  const link = kit.connect();
  kit.clock.advance(WIRE.unproven_ms - 1);
  assert.equal(link.pipe.closed, false);
  kit.clock.advance(1);
  assert.equal(link.pipe.closed, true);
  await settled();
});

Deno.test("eight links may be unproven at once, the ninth is hung up on; each end makes room", async () => {
  const kit = new TableKit();
  const links = Array.from({ length: WIRE.unproven_links + 1 }, () => kit.connect());
  assert.deepEqual(links.map(({ pipe }) => pipe.closed), [...Array(8).fill(false), true]);
  links[0]!.pipe.hangUp();
  await until(() => links[0]!.pipe.closed);
  assert.equal(kit.connect().pipe.closed, false);
  assert.equal(kit.connect().pipe.closed, true);
  kit.clock.advance(WIRE.unproven_ms);
  await settled();
  assert.equal(kit.connect().pipe.closed, false);
  kit.clock.advance(WIRE.unproven_ms);
  await settled();
});

Deno.test("a link counts as unproven until its proof was judged", async () => {
  const kit = new TableKit();
  kit.known(ID);
  const links = Array.from({ length: WIRE.unproven_links }, () => kit.connect());
  await settled();
  for (const link of links) link.say(attach("ab".repeat(32)));
  // All have spoken, none is judged: reading takes a turn, the check of a proof is real work.
  await Promise.resolve();
  assert.equal(kit.connect().pipe.closed, true);
  await until(() => links.every(({ pipe }) => pipe.closed));
  assert.equal(kit.connect().pipe.closed, false);
  kit.clock.advance(WIRE.unproven_ms);
  await settled();
});

Deno.test("before its proof a link may send a frame of 1024 bytes, and no byte more", async () => {
  for (const [bytes, closed] of [[1_024, false], [1_025, true]] as const) {
    const kit = new TableKit();
    const link = kit.connect();
    const frame = new Uint8Array(4 + 9);
    new DataView(frame.buffer).setUint32(0, bytes);
    frame[4] = 1;
    link.pipe.give(frame);
    await settled();
    assert.equal(link.pipe.closed, closed, `${bytes}`);
    kit.clock.advance(WIRE.unproven_ms);
    await settled();
  }
});

Deno.test("a link that says anything else before its proof is hung up on", async () => {
  const kit = new TableKit();
  kit.known(ID);
  for (const message of [{ t: "fence" }, { t: "credit", bytes: 1, messages: 1 }, { t: "cancel", id: 1 }] as const) {
    const link = kit.connect();
    link.say(message);
    await until(() => link.pipe.closed);
  }
  const twice = kit.connect();
  twice.sayAll([[attach("ab".repeat(32))], [attach("ab".repeat(32))]]);
  await until(() => twice.pipe.closed);
});

Deno.test("a cell that ends while its proof is judged is not attached, and the kernel lives on", async () => {
  const kit = new TableKit();
  kit.known(ID);
  const link = kit.connect();
  await link.attach(ID, TOKEN);
  kit.table.exited(ID as CellId, "killed");
  await until(() => link.pipe.closed);
  assert.deepEqual(link.all("welcome"), []);
});

Deno.test("a link that hangs up while its proof is judged does not take the place of a live one", async () => {
  const kit = new TableKit();
  const { cell, link } = await kit.cell();
  const second = kit.connect();
  await second.attach(cell.id, TOKEN);
  second.pipe.connection.close();
  await settled();
  assert.deepEqual([link.pipe.closed, cell.port.attached], [false, true]);
  cell.run("1.1" as never);
  await link.next("run");
});
