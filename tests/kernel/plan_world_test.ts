import assert from "node:assert/strict";
import { planWorld, readPrompt } from "../../kernel/plan_world.ts";
import { denoFiles } from "../../kernel/powers_deno.ts";
import { hello, makeHome } from "./scripted_powers.ts";

Deno.test("planWorld reads a source of the home, and says where it sought one that is missing", async () => {
  const home = await makeHome({
    "plugins/tasks/a.ts": "export class Module {}",
    "plugins/b/mod.ts": "export class Module {}",
  });
  const world = await planWorld(denoFiles, { home, program: hello(home).program });
  const [a, b] = [await world.readSource("tasks/a"), await world.readSource("b")];
  assert.deepEqual([a.ok && [a.value.origin, a.value.entry], b.ok && [b.value.origin, b.value.entry]], [
    ["local", "a.ts"],
    ["local", "mod.ts"],
  ]);
  const missing = await world.readSource("c");
  assert.ok(!missing.ok);
  assert.deepEqual([missing.fault.code, missing.fault.message], ["load_failed", "no source for prog 'c'"]);
  assert.match(missing.fault.hint, /^write plugins\/c\.ts, or name another prog; sought: plugins\/c\.ts/);
  assert.equal(world.lock, undefined);
  await Deno.remove(home, { recursive: true });
});

Deno.test("a lock that the system will not let us read vouches for nobody", async () => {
  const home = await makeHome({ "configs/plugins.lock/a folder": "" });
  const world = await planWorld(denoFiles, { home, program: home });
  assert.notEqual(world.lock, undefined);
  await Deno.remove(home, { recursive: true });
});

Deno.test("readPrompt gives nothing for what is missing or lies elsewhere", async () => {
  const home = await makeHome({ "prompts/a.txt": "x", "configs/b.yml": "" });
  assert.deepEqual(
    await Promise.all(["a.txt", "b.txt", "../configs/b.yml"].map((name) => readPrompt(denoFiles, home, name))),
    [
      ...["x", undefined, undefined],
    ],
  );
  await Deno.remove(home, { recursive: true });
});
