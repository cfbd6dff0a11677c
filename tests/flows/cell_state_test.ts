/** A cell that is told to carry a module's state out and in, in its own process. */
import assert from "node:assert/strict";
import type { Payload } from "../../kernel/contract/wire.ts";
import { readJsonPayload } from "../../kernel/primitives/json_payload.ts";
import { CellUnderTest, I1, I2, loadOrder, type ScriptedLink, value } from "../guest/shell/scripted_kernel.ts";

const MODULE = `class Module {
  state = "x".repeat(150_000);
  exportState() { return [this.state]; }
  importState([state], from) { this.state = state + from; }
}
export { Module };
`;

async function answer(link: ScriptedLink, id: number): Promise<{ ok: boolean; payload: Payload }> {
  const first = await link.next("state", (state) => state.id === id);
  const parts = [first.payload];
  for (let more = first.message.more; more;) {
    const piece = await link.next("piece", (piece) => piece.of === "state" && piece.id === id);
    parts.push(piece.payload);
    more = piece.message.more;
  }
  return { ok: first.message.ok, payload: parts.join("") };
}

Deno.test("a cell exports a state in pieces and imports one, and says which instance still waits for one", async () => {
  await using cell = new CellUnderTest({ memory_mb: 600 });
  const { link } = await cell.kernel.attached();
  link.send({ t: "load", id: 1, instance: I1 }, loadOrder(MODULE, { version: "1.2" }));
  assert.deepEqual(readJsonPayload((await link.next("loaded")).payload), { tools: [], run: false, state: "both" });
  link.send({ t: "load", id: 2, instance: I2 }, loadOrder(MODULE, { awaits_state: true }));
  await link.next("loaded");
  link.send({ t: "export", id: 7, instance: I1 });
  const exported = await answer(link, 7);
  assert.deepEqual([exported.ok, value(exported.payload)], [true, ["x".repeat(150_000)]]);

  const carried = ({ instances }: { instances: unknown[] }) =>
    instances.map((one) => {
      const { instance, version, state, awaits_state } = one as Record<string, unknown>;
      return { instance, version, state, awaits_state };
    });
  link.close();
  const { link: second, report } = await cell.kernel.attached();
  assert.deepEqual(carried(report), [
    { instance: I1, version: "1.2", state: "both", awaits_state: undefined },
    { instance: I2, version: undefined, state: "both", awaits_state: true },
  ]);
  second.send({ t: "import", id: 8, instance: I2, from: "1.2" }, exported.payload);
  assert.deepEqual(await answer(second, 8), { ok: true, payload: "" });
  second.send({ t: "export", id: 9, instance: I2 });
  assert.deepEqual(value((await answer(second, 9)).payload), [`${"x".repeat(150_000)}1.2`]);
  second.close();
  const { link: third, report: later } = await cell.kernel.attached();
  assert.deepEqual(carried(later)[1], { instance: I2, version: undefined, state: "both", awaits_state: undefined });

  third.send({ t: "import", id: 10, instance: I2, from: "" }, "null");
  const refused = await answer(third, 10);
  assert.deepEqual([refused.ok, (value(refused.payload) as { code: string }).code], [false, "module_error"]);
  third.send({ t: "export", id: 11, instance: "9.9" as typeof I1 });
  const nobody = await answer(third, 11);
  assert.deepEqual([nobody.ok, (value(nobody.payload) as { code: string }).code], [false, "moved"]);
});
