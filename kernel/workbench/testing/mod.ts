/** What a module's author imports as `meta-machine/testing`. */
export { type Scripted, scripted } from "./scripted.ts";
export type { ScriptedCall, ScriptedService } from "./scripted.ts";
export { test } from "./test.ts";
export type { TestBody, TestContext, TestOptions } from "./test.ts";
