import assert from "node:assert/strict";
import { VetCell } from "../../kernel/cell/vet_cell.ts";
import { fault } from "../../kernel/contract/fault.ts";
import { SOURCES, WIRE } from "../../kernel/contract/limits.ts";
import type { VetOrder } from "../../kernel/contract/wire.ts";
import { readJsonPayload, writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { type ScriptedLink, settled, TableKit, until } from "./scripted_cell.ts";

const order = (api = "notes"): VetOrder => ({
  api,
  entry: "a.ts",
  files: [{ path: "a.ts", text: "x" }],
  packages: [],
  builtins: [],
});

class VetKit extends TableKit {
  readonly vet: VetCell;
  constructor() {
    let vet: VetCell | undefined;
    super({
      other: (cell, message, payload) => vet!.message(cell, message, payload),
      exited: (cell) => vet!.exited(cell),
    });
    this.vet = vet = new VetCell(this.table, this.clock);
  }
  /** The process that was asked for last, attached. */
  async up(): Promise<ScriptedLink> {
    await until(() => this.started.length > 0);
    const { cell } = this.started.at(-1)!;
    this.known(cell);
    return await this.attached(cell);
  }
}

Deno.test("VetCell starts a process at need, without folders or hosts, and hands on its answer", async () => {
  const kit = new VetKit();
  const vetting = kit.vet.vet(order(), 1_000);
  const link = await kit.up();
  const { id } = await link.next("vet");
  assert.deepEqual([kit.started[0]!.cell, kit.started[0]!.folders, kit.started[0]!.net], ["@vet~1000001", [], []]);
  assert.deepEqual(readJsonPayload(link.heard.at(-1)!.payload), order());
  link.say({ t: "vetted", id, ok: true }, writeJsonPayload({ code: "bundle" }));
  assert.deepEqual(await vetting, { ok: true, value: { code: "bundle" } });
});

Deno.test("VetCell puts an answer in pieces together", async () => {
  const kit = new VetKit();
  const vetting = kit.vet.vet(order(), 1_000);
  const link = await kit.up();
  const { id } = await link.next("vet");
  const answer = writeJsonPayload({ code: "x".repeat(WIRE.chunk_bytes) });
  link.say({ t: "vetted", id, ok: true, more: true }, answer.slice(0, WIRE.chunk_bytes));
  link.say({ t: "piece", of: "vetted", id }, answer.slice(WIRE.chunk_bytes));
  const vetted = await vetting;
  assert.equal(vetted.ok && vetted.value.code.length, WIRE.chunk_bytes);
});

Deno.test("VetCell takes one order after the other, with one process as long as nothing is refused", async () => {
  const kit = new VetKit();
  const [first, second] = [kit.vet.vet(order("a"), 1_000), kit.vet.vet(order("b"), 1_000)];
  const link = await kit.up();
  const { id } = await link.next("vet");
  assert.equal(link.all("vet").length, 1);
  link.say({ t: "vetted", id, ok: true }, writeJsonPayload({ code: "a" }));
  await until(() => link.all("vet").length === 2);
  link.say({ t: "vetted", id: id + 1, ok: true }, writeJsonPayload({ code: "b" }));
  assert.deepEqual([(await first).ok, (await second).ok, kit.started.length], [true, true, 1]);
});

Deno.test("VetCell carries out 50 orders with one process; the next one gets another", async () => {
  const kit = new VetKit();
  const orders = Array.from({ length: 51 }, () => kit.vet.vet(order(), 1_000));
  const link = await kit.up();
  for (let done = 1; done <= 50; done++) {
    await until(() => link.all("vet").length === done);
    assert.equal(kit.started.length, 1);
    link.say({ t: "vetted", id: link.all("vet").at(-1)!.id, ok: true }, writeJsonPayload({ code: "a" }));
  }
  await until(() => kit.started.length === 2);
  const second = await kit.up();
  const { id } = await second.next("vet");
  second.say({ t: "vetted", id, ok: true }, writeJsonPayload({ code: "a" }));
  assert.ok((await Promise.all(orders)).every(({ ok }) => ok));
});

Deno.test("VetCell hands on why a source was refused; the next one gets another process", async () => {
  const kit = new VetKit();
  const [first, second] = [kit.vet.vet(order("a"), 1_000), kit.vet.vet(order("b"), 1_000)];
  const link = await kit.up();
  const why = fault("load_failed", "a.ts:1: import of 'node:fs' is not granted");
  link.say({ t: "vetted", id: (await link.next("vet")).id, ok: false }, writeJsonPayload(why));
  assert.deepEqual(await first, { ok: false, fault: why });
  await until(() => kit.started.length === 2);
  const other = await kit.up();
  other.say({ t: "vetted", id: (await other.next("vet")).id, ok: true }, writeJsonPayload({ code: "b" }));
  assert.equal((await second).ok, true);
});

Deno.test("a source that ends the vet cell fails its own load; the next one gets another process", async () => {
  const kit = new VetKit();
  const bomb = kit.vet.vet(order("bomb"), 1_000);
  const next = kit.vet.vet(order("next"), 1_000);
  await (await kit.up()).next("vet");
  kit.table.exited(kit.started[0]!.cell, "killed");
  const failed = await bomb;
  assert.ok(!failed.ok);
  assert.deepEqual([failed.fault.code, failed.fault.message], [
    ...["load_failed", "the source of 'bomb' ended the process that vets sources"],
  ]);
  await until(() => kit.started.length === 2);
  const link = await kit.up();
  link.say({ t: "vetted", id: (await link.next("vet")).id, ok: true }, writeJsonPayload({ code: "" }));
  assert.equal((await next).ok, true);
});

Deno.test("a source that is never done with costs the vet cell its life after its time, not before", async () => {
  const kit = new VetKit();
  const vetting = kit.vet.vet(order(), 1_000);
  const link = await kit.up();
  await link.next("vet");
  kit.clock.advance(999);
  await settled();
  assert.deepEqual(kit.killed, []);
  kit.clock.advance(1);
  const failed = await vetting;
  assert.ok(!failed.ok);
  assert.match(failed.fault.message, /the source of 'notes' took longer than 1000 ms to vet/);
  assert.deepEqual(kit.killed, [kit.started[0]!.cell]);
});

Deno.test("a vet cell that answers what no vet cell says is not trusted with a second source", async () => {
  for (
    const payload of [
      new Uint8Array([0x7b]),
      writeJsonPayload(null),
      writeJsonPayload({ code: 5 }),
      writeJsonPayload({ code: "x".repeat(SOURCES.bundle_bytes) + "x" }),
    ]
  ) {
    const kit = new VetKit();
    const vetting = kit.vet.vet(order(), 1_000);
    const link = await kit.up();
    const { id } = await link.next("vet");
    if (payload.length <= WIRE.chunk_bytes) link.say({ t: "vetted", id, ok: true }, payload);
    else {
      link.say({ t: "vetted", id, ok: true, more: true }, payload.slice(0, 500_000));
      for (let at = 500_000; at < payload.length; at += WIRE.chunk_bytes) {
        const piece = payload.slice(at, at + WIRE.chunk_bytes);
        link.say(
          { t: "piece", of: "vetted", id, ...(at + WIRE.chunk_bytes < payload.length && { more: true }) },
          piece,
        );
      }
    }
    const failed = await vetting;
    assert.equal(failed.ok || failed.fault.code, "load_failed");
    assert.deepEqual(kit.killed, [kit.started[0]!.cell]);
  }
});

Deno.test("answers to another order, and of another cell, count for nothing", async () => {
  const kit = new VetKit();
  const other = await kit.cell("notes");
  const vetting = kit.vet.vet(order(), 1_000);
  const link = await kit.up();
  const { id } = await link.next("vet");
  other.link.say({ t: "vetted", id, ok: true }, writeJsonPayload({ code: "evil" }));
  link.say({ t: "vetted", id: id + 1, ok: true }, writeJsonPayload({ code: "evil" }));
  await settled();
  link.say({ t: "vetted", id, ok: true }, writeJsonPayload({ code: "good" }));
  assert.deepEqual(await vetting, { ok: true, value: { code: "good" } });
});

Deno.test("a vet cell with nothing to do is given back after two seconds", async () => {
  const kit = new VetKit();
  const vetting = kit.vet.vet(order(), 1_000);
  const link = await kit.up();
  link.say({ t: "vetted", id: (await link.next("vet")).id, ok: true }, writeJsonPayload({ code: "" }));
  await vetting;
  kit.clock.advance(1_999);
  await settled();
  assert.deepEqual(link.all("bye"), []);
  kit.clock.advance(1);
  await link.next("bye");
  void kit.vet.vet(order(), 1_000);
  await until(() => kit.started.length === 2);
  kit.table.exited(kit.started[1]!.cell, "over");
  await settled();
});

Deno.test("a vet cell that can't be started fails the load with the reason of that", async () => {
  const kit = new VetKit();
  const vetting = kit.vet.vet(order(), 1_000);
  await until(() => kit.started.length === 1);
  kit.table.exited(kit.started[0]!.cell, "no memory");
  const failed = await vetting;
  assert.ok(!failed.ok);
  assert.deepEqual([failed.fault.code, /no memory/.test(failed.fault.message)], ["module_killed", true]);
});
