/** The shipped kernel in this process: it boots, serves its sockets, and leaves nothing behind, also when it boots half-way only. */
import assert from "node:assert/strict";
import type { Connection, Sockets } from "../../kernel/contract/powers.ts";
import { runKernel } from "../../kernel/bootstrap/mod.ts";
import { denoSockets } from "../../kernel/powers_deno.ts";
import { hello, makeHome, ScriptedPowers } from "./scripted_powers.ts";

async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 600 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(what(), "it did not come to that");
}
const withWatchdog = (sockets: Partial<Sockets> = {}) => {
  const powers = Object.assign(new ScriptedPowers(), { sockets: { ...denoSockets, ...sockets } });
  powers.answers = (message) => message.t === "cells" ? { t: "cells", cells: [] } : undefined;
  powers.say({ t: "cells", cells: [] });
  return powers;
};

Deno.test("the kernel of an empty home boots, says ready, and ends when it is drained", async () => {
  const home = await makeHome({ "configs/meta.yml": "prog: kernel" });
  const powers = withWatchdog();
  const running = runKernel(powers, hello(home));
  await until(() => powers.sent.some(({ t }) => t === "ready"));
  assert.deepEqual(powers.sent.find(({ t }) => t === "ready"), { t: "ready", modules: 0 });
  assert.ok((await Deno.stat(`${home}/runtime/run/control.sock`)).isSocket);
  powers.say({ t: "drain", ms: 2_000 });
  assert.equal(await running, 0);
  const events = (await Deno.readTextFile(`${home}/runtime/logs/events.jsonl`)).trim().split("\n").map((line) =>
    JSON.parse(line).kind
  );
  assert.ok(events.includes("kernel.ready"));
  powers.hangUp();
  await Deno.remove(home, { recursive: true });
});

Deno.test("a kernel whose boot fails half-way leaves no socket, timer or life: the next one boots in its place", async () => {
  const home = await makeHome({
    "configs/meta-v2.yml": "prog: kernel",
    "configs/meta.yml": "prog: kernel",
    "configs/my_module.yml": "prog: missing",
  });
  let listens = 0;
  const closed: string[] = [];
  const powers = withWatchdog({
    listen: async (own, published, accept: (connection: Connection) => void) => {
      if (++listens === 2) throw new Error("AddrInUse");
      const listener = await denoSockets.listen(own, published, accept);
      return { ...listener, close: () => (closed.push(own), listener.close()) };
    },
  });
  const running = runKernel(powers, hello(home));
  await until(() => powers.sent.some(({ t }) => t === "ready"));
  assert.ok(powers.log.includes("WARNING Failed to load kernel from meta-v2.yml: AddrInUse"), powers.log.join("\n"));
  assert.deepEqual([closed.length, listens], [1, 4]);
  const ready = await Deno.stat(`${home}/runtime/run/k.sock`);
  assert.ok(ready.isSocket);
  powers.say({ t: "drain", ms: 2_000 });
  assert.equal(await running, 0);
  powers.hangUp();
  await Deno.remove(home, { recursive: true });
});
