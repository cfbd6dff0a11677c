import assert from "node:assert/strict";
import { invariant, KernelBug } from "../../kernel/primitives/invariant.ts";

Deno.test("invariant passes what holds and throws a KernelBug with its text for what does not", () => {
  invariant(1, "holds");
  for (const falsy of [false, 0, "", null, undefined]) {
    assert.throws(
      () => invariant(falsy, "one has one"),
      (error) => error instanceof KernelBug && error.message === "one has one" && error.name === "KernelBug",
    );
  }
});
