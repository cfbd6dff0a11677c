import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

/** The error comes between the cell's `loaded` and the moment in which the kernel calls the instance its current one. */
Deno.test("an error right after the constructor is not lost", async () => {
  const names = Array.from({ length: 8 }, (_, i) => `hasty${i}`);
  await underAttack({}, async (attacked) => {
    await attacked.write(Object.fromEntries(names.flatMap((name, i) => [
      [
        `plugins/${name}.js`,
        `export class Module { constructor() { setTimeout(() => { throw new Error("early"); }, ${i}); } }`,
      ],
      [`configs/${name}.yml`, "restart: {max: 0, window_s: 60}\n"],
    ])));
    let modules = (await attacked.status()).modules;
    await until(
      async () => {
        modules = (await attacked.status()).modules.filter(({ api }) => names.includes(api));
        return modules.length === names.length &&
          modules.every(({ state }) => state === "quarantined" || state === "failed");
      },
      6_000,
      () =>
        `these run on, though they failed: ${
          modules.filter(({ state }) => state === "running").map(({ api, error_count }) =>
            `${api} (${error_count} errors)`
          )
        }`,
    );
    assert.equal(modules.length, names.length);
  });
});
