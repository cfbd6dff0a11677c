/** The vet cell in its own process: one bundle for one source, in order; a source that crashes it takes nothing else along. */
import assert from "node:assert/strict";
import type { Payload, VetOrder } from "../../kernel/contract/wire.ts";
import { writeJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { args, CellUnderTest, I1, loadOrder, type ScriptedLink, value } from "../guest/shell/scripted_kernel.ts";

const WASM = new URL(import.meta.resolve("@rollup/browser")).pathname.replace(/[^/]*$/, "bindings_wasm_bg.wasm");

function order(text: string, more: Partial<VetOrder> = {}): Payload {
  return writeJsonPayload({
    api: "tested",
    entry: "tested.ts",
    files: [{ path: "tested.ts", text }],
    packages: [],
    builtins: [],
    ...more,
  });
}

async function vetted(
  link: ScriptedLink,
  id: number,
): Promise<{ ok: boolean; answer: { code: string; message: string } }> {
  const { message, payload } = await link.next("vetted", (m) => m.id === id, 15_000);
  const parts = [payload];
  for (let more = message.more; more;) {
    const piece = await link.next("piece", (m) => m.id === id);
    parts.push(piece.payload);
    more = piece.message.more;
  }
  const text = await new Blob(parts.map((part) => part.slice())).text();
  return { ok: message.ok, answer: JSON.parse(text) };
}

Deno.test("a vet cell answers each source with its bundle or a fault, in their order", async () => {
  await using cell = new CellUnderTest({ role: "vet", read: [WASM] });
  const { link, report } = await cell.kernel.attached();
  assert.deepEqual(report, { instances: [], holds: [] });
  link.send({ t: "vet", id: 1 }, order("export class Module { add(a: number, b: number): number { return a + b; } }"));
  link.send({ t: "vet", id: 2 }, order("import 'node:fs';\nexport class Module {}"));
  const first = await vetted(link, 1);
  assert.equal(first.ok, true, JSON.stringify(first));
  const second = await vetted(link, 2);
  assert.deepEqual([second.ok, second.answer.code], [false, "load_failed"]);

  await using host = new CellUnderTest();
  const { link: cellLink } = await host.kernel.attached();
  cellLink.send({ t: "load", id: 1, instance: I1 }, loadOrder(first.answer.code));
  await cellLink.next("loaded");
  cellLink.send({
    ...{ t: "call", id: 1, key: "a~1!x#1" as never, to: I1, aspect: "default", name: "add", kind: "call" },
    ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 5_000, depth: 1 },
  }, args(2, 3));
  assert.equal(value((await cellLink.next("reply")).payload), 5);

  link.send({ t: "bye" });
  assert.equal((await cell.status()).code, 0);
});

Deno.test("a vet cell ends with a source that overflows its parser", async () => {
  await using cell = new CellUnderTest({ role: "vet", read: [WASM] });
  const { link } = await cell.kernel.attached();
  link.send({ t: "vet", id: 1 }, order(`export class Module { x = ${"(".repeat(200_000)}1${")".repeat(200_000)}; }`));
  const ended = cell.status(20_000).then((status) => status.success);
  const answered = link.next("vetted", () => true, 20_000).then(({ message }) => message.ok, () => false);
  assert.equal(await Promise.race([ended, answered]), false, "no bundle comes of that");
});
