import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const CLASS = "export class Module { hello() { return 'hello'; } }\n";

/** Sources that are too many or too large together, each with words of its refusal; what breaks a parser by itself is below modules/parsers. */
const BOMBS: Record<string, { readonly files: Record<string, string>; readonly says: RegExp }> = {
  many_files: {
    files: {
      "many_files/mod.ts": CLASS,
      ...Object.fromEntries(Array.from({ length: 401 }, (_, i) => [`many_files/f${i}.ts`, "export {};"])),
    },
    says: /400/,
  },
  many_bytes: {
    files: {
      "many_bytes/mod.ts": CLASS,
      ...Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`many_bytes/f${i}.ts`, "1;".repeat(1_000_000)])),
    },
    says: /8388608/,
  },
};
Deno.test("a module of too many files or bytes fails its own load; everybody else loads and serves on", async () => {
  await underAttack({}, async (attacked) => {
    const { kernel } = await attacked.status();
    const files = Object.values(BOMBS).map(({ files }) => files);
    await attacked.write(Object.fromEntries(
      files.flatMap((some) => Object.entries(some).map(([path, text]) => [`plugins/${path}`, text])),
    ));
    await attacked.write(
      Object.fromEntries(Object.keys(BOMBS).map((name) => [`configs/${name}.yml`, "limits: {load_ms: 1000}\n"])),
    );
    await attacked.write({ "plugins/honest.ts": CLASS, "configs/honest.yml": "" });
    await attacked.reaches("honest", ["running"], 20_000);
    for (const [name, { says }] of Object.entries(BOMBS)) {
      const { reason } = await attacked.reaches(name, ["failed", "quarantined"], 30_000);
      assert.match(reason ?? "", says, name);
      assert.ok((reason ?? "").length < 2_000, `${name}: the reason has ${reason?.length} characters`);
    }
    assert.equal((await attacked.status()).kernel.pid, kernel.pid);
  });
});
