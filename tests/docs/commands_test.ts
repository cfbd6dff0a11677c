/** Every command that README and the operator's page show as one to type, typed in that order on a host with the shipped modules. */
import assert from "node:assert/strict";
import { RunningHost } from "../flows/running_host.ts";
import { codeBlocks, readPage } from "./code_blocks.ts";
import { argumentsOf } from "./transcript.ts";

for (const page of ["README.md", "docs/operations.md"]) {
  Deno.test(`every command of ${page} works`, async () => {
    const home = await Deno.makeTempDir({ prefix: "h" });
    await using host = await RunningHost.startIn(home);
    assert.match(host.stderr, /wrote the shipped defaults into /);
    const lines = codeBlocks(readPage(page)).filter(({ language }) => language === "sh").flatMap(({ text }) =>
      text.trim().split("\n")
    );
    for (const line of lines) {
      const args = await argumentsOf(line);
      if (args === undefined) continue;
      const { code, out, err } = await host.cli(...args);
      assert.equal(code, 0, `${line}\n${out}${err}`);
      assert.notEqual(out, "", `${line} says nothing`);
    }
  });
}

Deno.test("every task that the pages name is in deno.json", () => {
  const { tasks } = JSON.parse(readPage("deno.json"));
  const named = new Set(
    ["README.md", "docs/operations.md", "docs/protocol.md", "docs/plugins.md", "docs/architecture.md"].flatMap((page) =>
      [...readPage(page).matchAll(/deno(?:@[\d.]+)? task ([a-z]+)/g)].map(([, name]) => name!)
    ),
  );
  assert.ok(named.size > 4);
  for (const name of named) assert.ok(Object.hasOwn(tasks, name), `there is no task ${name}`);
});
