import assert from "node:assert/strict";
import { NO_GRANTS } from "../../../kernel/config/mod.ts";
import { typeSources } from "../../../kernel/workbench/types/type_sources.ts";
import { TypesCell } from "../../../kernel/workbench/types/types_cell.ts";
import { PROGRAM } from "../../docs/code_blocks.ts";

const PLACES = {
  home: "/nowhere",
  program: PROGRAM,
  run: "/nowhere",
  entry: `${PROGRAM}/kernel/roles`,
  bundler_wasm: "/nowhere",
};
const { known, reads } = typeSources(NO_GRANTS, PROGRAM);
const order = (text: string) => ({ ...known, entry: "m.ts", files: [{ path: "m.ts", text }] });

Deno.test("a types cell answers one order after the other from one process", async () => {
  using cell = new TypesCell(PLACES);
  const wrong = cell.check(order("export class Module { n: number = ''; }"), reads);
  const right = cell.check(order("export class Module { n = 1; }"), reads);
  assert.deepEqual(await wrong, {
    ok: true,
    value: {
      problems: [{ file: "m.ts", line: 1, column: 23, message: "Type 'string' is not assignable to type 'number'." }],
      more: 0,
    },
  });
  assert.deepEqual(await right, { ok: true, value: { problems: [], more: 0 } });
});

Deno.test("a types cell shows the first 50 problems and counts the others", async () => {
  using cell = new TypesCell(PLACES);
  const lines = Array.from({ length: 60 }, (_, i) => `const c${i}: string = ${i};`);
  const answer = await cell.check(order(`${lines.join("\n")}\nexport class Module {}`), reads);
  assert.deepEqual(answer.ok && [answer.value.problems.length, answer.value.more], [50, 10]);
});

Deno.test("a types cell that takes too long is killed, and the next order gets a new one", async () => {
  using cell = new TypesCell(PLACES, 5);
  const answer = await cell.check(order("export class Module {}"), reads);
  assert.equal(answer.ok || answer.fault.message, "checking the types took longer than 5 ms");
});

Deno.test("a types cell that does not start is a fault that tells why", async () => {
  using cell = new TypesCell({ ...PLACES, entry: "/nowhere" });
  const answer = await cell.check(order("export class Module {}"), reads);
  assert.match(
    answer.ok ? "" : answer.fault.message,
    /^checking the types ended the process that does it \(1\): .*nowhere/,
  );
});

Deno.test("a types cell can read the compiler and the types, and nothing else", async () => {
  using cell = new TypesCell(PLACES);
  const text =
    `import x from "${PROGRAM}/deno.json" with { type: "json" }; export class Module { n: number = x.version; }`;
  const modules = { ...known.modules, [`${PROGRAM}/deno.json`]: `${PROGRAM}/kernel/contract/names.ts` };
  const answer = await cell.check({ ...order(text), modules }, reads);
  assert.match(JSON.stringify(answer), /names\.ts|is not there|Cannot find/);
});
