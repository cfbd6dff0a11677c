/** What a small footprint leans on: how V8 is made to give memory back, and what loads the runtime's Node layer. */
import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { runSnippet, withFolder } from "./run_snippet.ts";

const RELEASE = fromFileUrl(new URL("../../kernel/primitives/release_memory.ts", import.meta.url));
const FLAGS = ["--allow-read", "--unstable-worker-options", "--v8-flags=--max-semi-space-size=2"];
const MIB = 1_048_576;

/** Makes some 25 MB of garbage that nothing would collect while the process is idle, releases, and says how much went. */
const GIVE_BACK = `
  let garbage = Array.from({ length: 200_000 }, (_, i) => ({ i, text: "x" + i }));
  garbage = undefined;
  const before = Deno.memoryUsage();
  const began = performance.now();
  releaseMemory();
  const after = Deno.memoryUsage();
  const said = { rss: before.rss - after.rss, heap: before.heapTotal - after.heapTotal, ms: performance.now() - began };
`;

async function given(code: string): Promise<{ rss: number; heap: number; ms: number }> {
  return await withResult(`import { releaseMemory } from ${JSON.stringify(`file://${RELEASE}`)};${code}`);
}

async function withResult<T>(code: string): Promise<T> {
  let result: T | undefined;
  await withFolder(async (folder) => {
    const { lines, stderr } = await runSnippet({ flags: FLAGS, folder, code });
    assert.equal(stderr, "");
    result = JSON.parse(lines[0]!.slice("said: ".length));
  });
  return result!;
}

Deno.test("a request for memory that cannot be had makes V8 give its garbage back to the system", async () => {
  const said = await given(`${GIVE_BACK} await tell("said", () => said);`);
  assert.ok(said.rss > 10 * MIB, JSON.stringify(said));
  assert.ok(said.heap > 10 * MIB, JSON.stringify(said));
});

Deno.test("the same holds in a Worker without permissions, for that Worker's heap", async () => {
  const release = (await Deno.readTextFile(RELEASE)).replace("export ", "").replace(": void", "");
  const worker = `${release}${GIVE_BACK.replaceAll("Deno.memoryUsage()", "usage()")} postMessage(said);`;
  const said = await given(`
    const text = ${JSON.stringify(`const usage = Deno.memoryUsage;${worker}`)};
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(url, { type: "module", deno: { permissions: "none" } });
    const said = await new Promise((then) => worker.onmessage = ({ data }) => then(data));
    await tell("said", () => said);
    Deno.exit(0);
  `);
  assert.ok(said.rss > 10 * MIB, JSON.stringify(said));
  assert.ok(said.heap > 10 * MIB, JSON.stringify(said));
});

Deno.test("the first use of setTimeout costs two thirds of a megabyte, and AbortSignal.timeout does not", async () => {
  const cost = (use: string) =>
    withResult<number>(`
      const settled = () => { try { new ArrayBuffer(2 ** 52); } catch { /* collected */ } return Deno.memoryUsage().heapUsed; };
      settled();
      const before = settled();
      await new Promise((then) => ${use});
      await tell("said", () => settled() - before);
    `);
  assert.ok(await cost("setTimeout(then, 1)") > 500_000);
  assert.ok(await cost('AbortSignal.timeout(1).addEventListener("abort", then)') < 200_000);
});
