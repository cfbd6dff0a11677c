import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const CLASS = "export class Module { hello() { return 'hello'; } }\n";
const nested = (open: string, close: string, times: number, middle = "1") =>
  open.repeat(times) + middle + close.repeat(times);

/** Sources that overflow, trap or occupy the stripper or the bundler, each with words of its refusal. */
const BOMBS: Record<string, { readonly files: Record<string, string>; readonly says: RegExp }> = {
  parentheses: {
    files: { "parentheses.ts": `${CLASS}const x = ${nested("(", ")", 20_000)};` },
    says: /ended the process that vets sources|nested too deeply/,
  },
  brackets: {
    files: { "brackets.ts": `${CLASS}const x = ${nested("[", "]", 1_000)};` },
    says: /ended the process that vets sources|nested too deeply/,
  },
  else_ifs: {
    files: { "else_ifs.js": `${CLASS}if (0) {}${" else if (0) {}".repeat(130_000)}` },
    says: /took longer than \d+ ms to vet|ended the process that vets sources|nested too deeply/,
  },
  huge: {
    files: { "huge.js": CLASS + "1;".repeat(25_000_000) },
    says: /has 50000052 bytes; 2097152 are allowed in one file/,
  },
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
  top_await: {
    files: { "top_await.ts": `await new Promise(() => {});\n${CLASS}` },
    says: /did not load within 1000 ms/,
  },
  binary: { files: { "binary.ts": "\u0000\u0001\ufffe{{{" }, says: /binary\.ts/ },
};
/** Strange, but nothing is wrong with them. */
const FINE: Record<string, Record<string, string>> = {
  cyclic: {
    "cyclic/mod.ts": `import { a } from "./a.ts"; import "./mod.ts"; a();\n${CLASS}`,
    "cyclic/a.ts": `import { b } from "./b.ts"; export const a = () => b;`,
    "cyclic/b.ts": `import { a } from "./a.ts"; export const b = () => a;`,
  },
};

Deno.test("a source that crashes or occupies its parser fails its own load; everybody else loads and serves on", async () => {
  await underAttack({}, async (attacked) => {
    const { kernel } = await attacked.status();
    const files = [...Object.values(BOMBS).map(({ files }) => files), ...Object.values(FINE)];
    await attacked.write(Object.fromEntries(
      files.flatMap((some) => Object.entries(some).map(([path, text]) => [`plugins/${path}`, text])),
    ));
    await attacked.write(Object.fromEntries([...Object.keys(BOMBS), ...Object.keys(FINE)].map((
      name,
    ) => [`configs/${name}.yml`, "limits: {load_ms: 1000}\n"])));
    await attacked.write({ "plugins/honest.ts": CLASS, "configs/honest.yml": "" });
    await attacked.reaches("honest", ["running"], 20_000);
    for (const [name, { says }] of Object.entries(BOMBS)) {
      const { reason } = await attacked.reaches(name, ["failed", "quarantined"], 30_000);
      assert.match(reason ?? "", says, name);
      assert.ok((reason ?? "").length < 2_000, `${name}: the reason has ${reason?.length} characters`);
    }
    for (const name of Object.keys(FINE)) {
      await attacked.reaches(name, ["running"]);
      assert.equal(await attacked.call(name, "hello"), "hello");
    }
    assert.equal((await attacked.status()).kernel.pid, kernel.pid);
  });
});
