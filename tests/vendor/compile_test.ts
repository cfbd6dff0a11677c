import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { denortPlaces } from "../../kernel/vendor/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FACTS = { deno_dir: "/cache", version: "2.9.6", target: "x86_64-unknown-linux-gnu" };

async function run(script: string, env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--cached-only", "--no-check", "--quiet", ROOT + script, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

Deno.test("denort is sought where DENORT_BIN says and nowhere else, without it where Deno keeps it", () => {
  assert.deepEqual(denortPlaces({ ...FACTS, denort_bin: "/opt/denort" }), ["/opt/denort"]);
  assert.deepEqual(denortPlaces({ ...FACTS, denort_bin: undefined }), [
    "/cache/dl/release/v2.9.6/denort-x86_64-unknown-linux-gnu.zip",
  ]);
});

Deno.test("without denort, compile fails with what to do, and test:binary is skipped in one line", async () => {
  const env = { DENORT_BIN: "/nowhere/denort" };
  const compiled = await run("kernel/vendor/compile_main.ts", env);
  assert.equal(compiled.code, 1);
  assert.match(compiled.err, /Cannot compile: denort \S+ is not here \(sought: \/nowhere\/denort\); set DENORT_BIN/);
  const tested = await run("tests/one_file/binary_main.ts", env);
  assert.equal(tested.code, 0);
  assert.match(tested.out, /^test:binary skipped: denort [^\n]*\n$/);
});

// Deno itself stands for denort: `deno compile` takes it, so flags and file are known to be right; what it makes is Deno again.
Deno.test("compile hands deno compile one file and flags that it takes", async () => {
  const folder = await Deno.makeTempDir();
  const { code, out, err } = await run(
    "kernel/vendor/compile_main.ts",
    { DENORT_BIN: Deno.execPath() },
    `${folder}/made`,
  );
  assert.equal(code, 0, err);
  assert.match(out, /made: \d+ MB/);
  assert.ok((await Deno.stat(`${folder}/made`)).size > (await Deno.stat(Deno.execPath())).size + 1_000_000);
  await Deno.remove(folder, { recursive: true });
});
