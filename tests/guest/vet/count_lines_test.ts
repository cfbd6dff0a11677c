import assert from "node:assert/strict";
import { bundled, evaluated } from "./order.ts";

const counts = "lineCounts";

Deno.test("a counted bundle does what the source does, and its class tells how often each line ran", async () => {
  const source = `enum Kind { A = 1 }
const twice = (n: number) => n * 2;
export class Module {
  field = 1;
  constructor(private kernel: unknown) {}
  sum(list: number[]): number {
    "use strict";
    let sum = 0;
    for (const n of list) sum += twice(n);
    if (sum > 100) return 100; else if (sum < 0) return 0;
    switch (sum) {
      case 6:
        sum++;
        break;
      default: sum--;
    }
    while (sum > 1000) sum--;
    label: for (;;) { if (sum) break label; }
    const make = () => ({ sum, kind: Kind.A });
    return make().sum;
  }
  never() {
    return 1;
  }
}
`;
  const { Module } = await evaluated(await bundled({ "m.ts": source }, { counts }));
  const module = new Module() as unknown as {
    sum(list: number[]): number;
    lineCounts(): Record<string, Record<string, number>>;
  };
  assert.equal(module.sum([1, 2]), 7);
  const lines = module.lineCounts()["m.ts"]!;
  const not_run = Object.keys(lines).filter((line) => lines[line] === 0).map(Number);
  assert.deepEqual(not_run, [15, 23], JSON.stringify(lines));
  assert.equal(lines["9"], 3);
  assert.equal(lines["2"], 3); // the declaration, and two calls
  for (const line of [3, 4, 6, 7, 22]) assert.equal(lines[line], undefined, `line ${line} holds nothing to count`);
});

Deno.test("a counted bundle counts each file of a folder under its name", async () => {
  const files = {
    "mod.ts": `import { a } from "./in/a.js";\nexport class Module { a() { return a(); } }\n`,
    "in/a.js": "export function a() {\n  return 1;\n}\n",
  };
  const { Module } = await evaluated(await bundled(files, { counts }));
  const module = new Module() as unknown as { a(): number; lineCounts(): unknown };
  module.a();
  assert.deepEqual(module.lineCounts(), { "in/a.js": { 2: 1 }, "mod.ts": { 2: 1 } });
});

Deno.test("a bundle without counts has no such method", async () => {
  const { Module } = await evaluated(await bundled({ "m.js": "export class Module {}" }));
  assert.equal(new Module()["lineCounts"], undefined);
});
