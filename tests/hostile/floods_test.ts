import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const FLOOD = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  fine() { return "fine"; }
  logs() { for (let i = 0; i < 1_000_000; i++) console.log("flood " + i); return "logged"; }
  long_logs() { for (let i = 0; i < 2_000; i++) console.error("x".repeat(1_000_000) + i); return "logged"; }
  errors(n) { for (let i = 0; i < n; i++) Promise.reject(new Error("unheard " + i)); return "thrown"; }
}`;

Deno.test("a flood of logs is cut to log_lines_per_s", async () => {
  await underAttack({ "plugins/flood.js": FLOOD, "configs/flood.yml": "" }, async (attacked) => {
    assert.equal(await attacked.call("flood", "logs"), "logged");
    await attacked.call("flood", "long_logs");
    const logs = await attacked.logs("flood");
    assert.ok(logs.length >= 200 && logs.length <= 200 * 10, `${logs.length} lines`);
    const { size } = await Deno.stat(`${attacked.home}/runtime/logs/host.jsonl`);
    assert.ok(size < 20_000_000, `${size} bytes of log`);
  });
});

Deno.test("a flood of errors that nobody catches costs its own module only", async () => {
  await underAttack({ "plugins/flood.js": FLOOD, "configs/flood.yml": "" }, async (attacked) => {
    await attacked.tryCall("flood", "errors", 1_000);
    await until(async () => (await attacked.module("flood")).restarts > 0, 5_000, () => "it was not started again");
    await attacked.reaches("flood", ["running"]);
    const said = (await attacked.logs("flood")).filter(({ message }) => message.includes("unheard"));
    assert.ok(said.length > 0 && said.length < 100, `${said.length} lines`);
  });
});
