/** How a Worker ends, and does not end: why a cell is a process. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

const WORKER = (code: string) => `
  const worker = new Worker("data:text/javascript," + encodeURIComponent(${
  JSON.stringify(code)
}), { type: "module", deno: { permissions: "none" } });`;
const wait = (ms: number) => `await new Promise((then) => setTimeout(then, ${ms}));`;

async function lines(code: string, flags: readonly string[] = []): Promise<{ code: number; lines: string[] }> {
  let said = { code: -1, lines: [] as string[] };
  await withFolder(async (folder) => {
    said = await runSnippet({ flags: ["--unstable-worker-options", ...flags], code, folder });
  });
  return said;
}

Deno.test("terminate() returns at once and does not stop busy code: its thread burns on", async () => {
  const said = await lines(`${WORKER("postMessage(1); for (;;);")}
    // Before anything is awaited: a message that nobody hears is gone.
    await new Promise((then) => worker.onmessage = then);
    const { default: process } = await import("node:process");
    worker.terminate();
    ${wait(300)}
    const before = process.cpuUsage().user;
    ${wait(1_000)}
    // Of a whole core when nobody else wants it; a thread that had ended would use nothing.
    console.log((process.cpuUsage().user - before) / 1000 > 40);
    Deno.kill(Deno.pid, "SIGKILL");`);
  assert.deepEqual(said.lines, ["true"]);
});

Deno.test("a Worker that leaves by Deno.exit or close() says nothing", async () => {
  for (const leave of ["Deno.exit(3)", "self.close()"]) {
    const said = await lines(`${WORKER(`postMessage(1); ${leave};`)}
      const seen = [];
      worker.onerror = () => seen.push("error");
      worker.onmessageerror = () => seen.push("messageerror");
      worker.onmessage = () => seen.push("message");
      ${wait(400)}
      console.log(seen.join());
      Deno.exit(0);`);
    assert.deepEqual(said, { ...said, code: 0, lines: ["message"] }, leave);
  }
});

Deno.test("an error that nobody catches in a Worker ends its parent, unless onerror prevents it", async () => {
  const thrower = WORKER("throw new Error('x');");
  assert.equal((await lines(`${thrower} ${wait(2_000)} console.log("alive"); Deno.exit(0);`)).code, 1);
  const prevented = await lines(
    `${thrower} worker.onerror = (event) => event.preventDefault(); ${wait(400)} console.log("alive"); Deno.exit(0);`,
  );
  assert.deepEqual([prevented.code, prevented.lines], [0, ["alive"]]);
});

Deno.test("a Worker whose heap is full takes the whole process with it", async () => {
  const said = await lines(
    `${
      WORKER("const all = []; for (;;) all.push({ a: [1, 2, 3] });")
    } worker.onerror = (event) => event.preventDefault();
    ${wait(20_000)} console.log("alive"); Deno.exit(0);`,
    ["--v8-flags=--max-old-space-size=32"],
  );
  assert.deepEqual([said.code === 0, said.lines], [false, []]);
});

Deno.test("buffers are outside of every bound on the heap", async () => {
  const said = await lines(
    `${
      WORKER(
        "const all = []; for (let i = 0; i < 20; i++) all.push(new Uint8Array(8e6).fill(1)); postMessage(all.length);",
      )
    }
    const { data } = await new Promise((then) => worker.onmessage = then);
    console.log(data, Deno.memoryUsage().rss > 160e6);
    Deno.exit(0);`,
    ["--v8-flags=--max-old-space-size=32"],
  );
  assert.deepEqual(said.lines, ["20 true"]);
});
