/** What a module asks for before it is loaded is answered, also by a stream. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

Deno.test("a module that reads its tools from another one's stream has them when it is loaded", async () => {
  await using host = await RunningHost.start({
    "plugins/source.js": `export class Module {
      async *names() { for (let i = 0; i < 3; i++) { await new Promise((done) => setTimeout(done, 20)); yield "t" + i; } }
    }`,
    "configs/source.yml": "",
    "plugins/reader.js": `
import { tool } from "meta-machine";
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async getAspect(name) {
    if (name === "default") return this;
    const tools = {};
    for await (const entry of await this.kernel.getApi("source").names()) tools[entry] = tool({ description: "", run: () => entry });
    return tools;
  }
}`,
    "configs/reader.yml": "grants: {services: [source]}\n",
  });
  const names = (await host.json<{ name: string }[]>("tools", "reader")).map(({ name }) => name);
  assert.deepEqual(names, ["reader_t0", "reader_t1", "reader_t2"]);
});
