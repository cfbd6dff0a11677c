/** Functions that are kept by name outlive the kernel: its successor learns from the cells which those are. */
import assert from "node:assert/strict";
import { RunningHost, until } from "./running_host.ts";

const SHOP = `
export class Module {
  fns = {}; answered = 0; faults = [];
  constructor(kernel) { this.kernel = kernel; }
  remember(name, fn) { this.fns[name] = fn; }
  async recall(name, n) { try { return await this.fns[name](n); } catch (error) { return error.code; } }
  counts() { return { answered: this.answered, faults: this.faults }; }
  async run() {
    for (;;) {
      await this.kernel.sleep(0.01);
      if (this.fns.steady === undefined) continue;
      try { if (await this.fns.steady(this.answered) === this.answered + 1) this.answered++; } catch (error) { this.faults.push(error.code + ": " + error.message); }
    }
  }
}`;
const CLIENT = `
import { keep } from "meta-machine";
export class Module {
  constructor(kernel) { this.shop = kernel.getApi("shop"); }
  async lend() {
    this.gone = keep("gone", (n) => n);
    await this.shop.remember("gone", this.gone);
    await this.shop.remember("steady", keep("steady", (n) => n + 1));
  }
  revoke() { this.gone.revoke(); }
}`;
const FILES = {
  "plugins/shop.js": SHOP,
  "configs/shop.yml": "",
  "plugins/client.js": CLIENT,
  "configs/client.yml": "grants: {services: [shop]}\n",
};

interface Counts {
  readonly answered: number;
  readonly faults: readonly string[];
}

Deno.test("a function that is kept by name is called on when the kernel was killed, and one that was revoked is not", async () => {
  await using host = await RunningHost.start(FILES);
  await host.call("client", "lend");
  assert.equal(await host.call("shop", "recall", "gone", 5), 5);
  for (let death = 0; death < 3; death++) {
    const { kernel } = await host.status();
    const before = (await host.call<Counts>("shop", "counts")).answered;
    Deno.kill(kernel.pid, "SIGKILL");
    await until(async () => (await host.status()).kernel.pid !== kernel.pid, 10_000, () => "there is no new kernel");
    const counts = () => host.call<Counts>("shop", "counts");
    await until(async () => (await counts()).answered > before + 10, 10_000, () => "the function is not called on");
    assert.equal(await host.call("shop", "recall", "gone", 7), death === 0 ? 7 : "cancelled");
    if (death === 0) await host.call("client", "revoke");
  }
  assert.deepEqual((await host.call<Counts>("shop", "counts")).faults, []);
});

const MANY = `
import { keep } from "meta-machine";
export class Module {
  constructor(kernel) { this.shop = kernel.getApi("shop"); }
  async lend(count, name) {
    const fns = Array.from({ length: count }, (_, n) => keep(name + n, () => n));
    try { await this.shop.remember("many", fns); return "lent"; } catch (error) { return error.code + ": " + error.message; }
  }
}`;

Deno.test("one call lends as many kept functions as a header has room for, and is refused one more at once", async () => {
  await using host = await RunningHost.start({
    ...{ "plugins/shop.js": SHOP, "configs/shop.yml": "", "plugins/many.js": MANY },
    "configs/many.yml": "grants: {services: [shop]}\n",
  });
  assert.equal(await host.call("many", "lend", 16, "short"), "lent");
  assert.equal(
    await host.call("many", "lend", 17, "short"),
    "quota: the call lends 17 functions that are kept by name; one call may lend 16",
  );
  assert.equal(
    await host.call("many", "lend", 16, "\u0001".repeat(100)),
    "too_large: the names of the 16 functions that the call lends are too long together",
  );
});
