/** Items of a stream that are larger than a piece of other messages, text and bytes, as results and as arguments. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

const LARGE = `async function* large(kind, count) {
  for (let i = 1; i <= count; i++) yield kind === "bytes" ? new Uint8Array(250_000).fill(i) : String(i).repeat(250_000);
}
async function read(stream) {
  const seen = [];
  for await (const item of stream) seen.push([item.length, Number(item[0]), Number(item.at(-1))]);
  return seen;
}`;

Deno.test("items of 250 kB arrive whole, whichever way they go", async () => {
  await using host = await RunningHost.start({
    "plugins/service.js": `${LARGE}
      export class Module { tell(kind, count) { return large(kind, count); } read(stream) { return read(stream); } }`,
    "configs/service.yml": "",
    "plugins/reader.js": `${LARGE}
      export class Module {
        constructor(kernel) { this.service = kernel.getApi("service"); }
        async both(kind) { return [await read(await this.service.tell(kind, 3)), await this.service.read(large(kind, 3))]; }
      }`,
    "configs/reader.yml": "grants: {services: [service]}\n",
  });
  const whole = [1, 2, 3].map((i) => [250_000, i, i]);
  for (const kind of ["text", "bytes"]) {
    assert.deepEqual(await host.call("reader", "both", kind), [whole, whole]);
  }
});
