/** `logs -f` over a crash of the kernel: what the log has is shown, each line once and in its order. */
import assert from "node:assert/strict";
import type { LogRecord } from "../../kernel/contract/control.ts";
import { command } from "../cli/scripted_host.ts";
import { RunningHost, until } from "./running_host.ts";

const COUNTER = `
export class Module {
  async run(signal) {
    for (let n = 1; !signal.aborted; n++) {
      console.log("line " + n);
      await new Promise((resolve) => setTimeout(resolve, 7));
    }
  }
}`;

Deno.test("logs -f shows what the log has over two crashes of the kernel: nothing lost, nothing twice, and ends with the host", async () => {
  await using host = await RunningHost.start({
    "plugins/counter.js": COUNTER,
    "configs/counter.yml": "limits: {log_lines_per_s: 1000}\n",
  });
  const child = command(["logs", "counter", "-f", "-n", "5", "--json", "--home", host.home]).spawn();
  const shown: LogRecord[] = [];
  const reading = (async () => {
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (text + chunk).split("\n");
      text = lines.pop()!;
      shown.push(...lines.map((line) => JSON.parse(line)));
    }
  })();
  for (const _crash of [1, 2]) {
    const before = shown.length + 30;
    await until(() => shown.length > before, 10_000, () => "nothing more is shown");
    Deno.kill((await host.status()).kernel.pid, "SIGKILL");
  }
  const before = shown.length + 30;
  await until(() => shown.length > before, 10_000, () => "nothing is shown after the crashes");
  const errors = new Response(child.stderr).text();
  await host.stop();
  assert.equal((await child.status).code, 0);
  await reading;
  assert.equal(await errors, "the host has ended\n");

  const file = await Deno.readTextFile(`${host.home}/runtime/logs/host.jsonl`);
  const written = file.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as LogRecord);
  const first = written.findIndex(({ id }) => id === shown[0]!.id);
  const ids = shown.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "a line is there twice");
  assert.equal(new Set(ids.map((id) => id!.split("-")[0])).size, 3, "three kernels wrote");
  const missing = written.slice(first).filter(({ api, id }) => api === "counter" && !ids.includes(id));
  assert.deepEqual(missing, []);
  const numbers = shown.map(({ message }) => Number(message.slice(5)));
  assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b), "a line is out of order");
});

Deno.test("the log tells that a kernel died, by its watchdog's words, and what came before and after", async () => {
  await using host = await RunningHost.start({});
  const { pid } = (await host.status()).kernel;
  Deno.kill(pid, "SIGKILL");
  const said = async () =>
    (await host.json<LogRecord[]>("logs", "watchdog")).map(({ level, message }) => `${level} ${message}`);
  const died = `WARNING kernel 1 (pid ${pid}) died (SIGKILL)`;
  await until(async () => (await said()).includes(died), 10_000, () => "the log does not tell");
  const lines = await said();
  assert.match(lines[0]!, /^DEBUG watchdog started \(pid \d+\) in /);
  assert.match(lines.at(-1)!, /^DEBUG kernel 2 started /);
  assert.equal(host.stderr.split(died.slice(8)).length, 2, "and on stderr it is said once");
});
