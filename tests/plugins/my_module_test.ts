import assert from "node:assert/strict";
import { Module } from "../../plugins/my_module.ts";
import { Tool } from "../../kernel/guest/sdk/tool.ts";
import { config, scriptedKernel } from "./scripted_kernel.ts";

Deno.test("my_module works once each interval until it is shut down", async () => {
  const scripted = scriptedKernel({}, () => {
    if (scripted.slept.length === 3) module.shutdown();
  });
  const module = new Module(scripted.kernel, config({ interval: 7 }));
  await module.run();
  assert.deepEqual(scripted.slept, [7_000, 7_000, 7_000]);
});

Deno.test("my_module gives back what it was given, as a method and as a tool", async () => {
  const module = new Module(scriptedKernel().kernel, config());
  assert.deepEqual(module.echo({ a: [1] }), { a: [1] });
  const tools = module.getAspect("tool") as Record<string, unknown>;
  assert.equal(await Tool.read(tools["echo"])?.run({ text: "hi" }, undefined as never), "hi");
  assert.throws(() => module.getAspect("x"), { message: "Aspect 'x' not found." });
});
