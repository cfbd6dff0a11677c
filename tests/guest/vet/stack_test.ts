import assert from "node:assert/strict";
import { pathsOf, pluginUrl, realPositions } from "../../../kernel/loader/mod.ts";
import { bundled } from "./order.ts";

/** What a Worker's bootstrap does with a bundle, as far as stacks are concerned. */
const BOOTSTRAP = `
  import { registerHooks } from "node:module";
  onmessage = async ({ data: { url, source } }) => {
    registerHooks({
      resolve: (found) => ({ url: found, format: "module", shortCircuit: true }),
      load: () => ({ format: "module", source, shortCircuit: true }),
    });
    try {
      const { Module } = await import(url);
      await new Module(5).run();
    } catch (error) {
      postMessage(error.stack);
    }
  };`;

async function stackOf(source: string, api: string): Promise<string> {
  const blob = URL.createObjectURL(new Blob([BOOTSTRAP], { type: "text/javascript" }));
  const worker = new Worker(blob, { type: "module" });
  try {
    worker.postMessage({ url: pluginUrl(api), source });
    return await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data));
  } finally {
    worker.terminate();
    URL.revokeObjectURL(blob);
  }
}

Deno.test("an error in a bundle has the author's files and lines in its stack, once real paths are put in", async () => {
  const files = {
    "mod.ts": [
      "enum A { B }",
      "interface Shape {",
      "  a: number;",
      "}",
      `import { fail } from "./lib/fail here.ts";`,
      "export class Module {",
      "  constructor(private x: number) {}",
      `  async run() { await null; const said = ["import", "import"]; return fail(this.x as number, said); }`,
      "}",
    ].join("\n"),
    "lib/fail here.ts":
      "type T = number;\n\nexport function fail(x: T, _said: string[]) {\n  throw new TypeError('no ' + x);\n}\n",
  };
  const stack = await stackOf(await bundled(files, { api: "tasks/x" }), "tasks/x");
  const set = {
    origin: "local",
    path: "/home/me/plugins/tasks/x",
    entry: "mod.ts",
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    hash: "",
  } as const;
  const lines = realPositions(stack, pathsOf(new Map([["tasks/x", set]]), "/home/me")).split("\n");
  assert.equal(lines[0], "TypeError: no 5");
  assert.match(lines[1]!, /plugins\/tasks\/x\/lib\/fail here\.ts:4:\d+\)$/);
  const call = files["mod.ts"].split("\n")[7]!.indexOf("fail(") + 1;
  assert.match(lines[2]!, new RegExp(`plugins/tasks/x/mod\\.ts:8:${call}\\)$`));
});
