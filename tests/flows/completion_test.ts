/** The script for bash, evaluated by bash, asking a host that runs. */
import assert from "node:assert/strict";
import { runProgram, withHome } from "../cli/scripted_host.ts";
import { RunningHost } from "./running_host.ts";

/** What Tab would offer behind these words; the last one is being typed. */
async function tab(...words: string[]): Promise<string[]> {
  const { stdout: script } = await runProgram("completion", "bash");
  const line = words.map((word) => `'${word}'`).join(" ");
  const ask =
    `${script}\nCOMP_WORDS=(meta-machine ${line}); COMP_CWORD=${words.length}; _meta_machine; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await new Deno.Command("bash", { args: ["--norc", "-c", ask] }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).split("\n").filter((one) => one !== "");
}

Deno.test("bash completes commands, options, modules and methods of the running host", async () => {
  await using host = await RunningHost.start({
    "plugins/notes.ts": `import { tool } from "meta-machine";
export class Module {
  getAspect(name: string) {
    return name === "default" ? this : { add: tool({ description: "Adds: a note.", run: () => 1 }), list: tool({ description: "Lists.", run: () => 1 }) };
  }
}`,
    "configs/services/notes.yml": "prog: notes\n",
    "configs/tasks/one.yml": "prog: notes\n",
  });
  const home = ["--home", host.home];
  assert.deepEqual(await tab("plug"), ["plugin"]);
  assert.deepEqual(await tab("plugin", "test", "--cov"), ["--coverage"]);
  assert.deepEqual(await tab(...home, "call", ""), ["services/notes", "tasks/one"]);
  assert.deepEqual(await tab(...home, "call", "services/notes", ""), ["add", "list"]);
  assert.deepEqual(await tab(...home, "call", "services/notes", "li"), ["list"]);
});

Deno.test("completion is silent and quick without a host", () =>
  withHome(async (home) => {
    const began = performance.now();
    assert.deepEqual(await runProgram("completion", "bash", "--home", home, "--", "status", ""), {
      code: 0,
      stdout: "",
      stderr: "",
    });
    assert.ok(performance.now() - began < 3_000);
  }));

Deno.test("each shell gets its candidates as it reads them", async () => {
  const of = async (shell: string) => (await runProgram("completion", shell, "--", "quarantine", "")).stdout;
  assert.equal(await of("bash"), "lift\n");
  assert.equal(await of("zsh"), "lift:start a quarantined module again\n");
  assert.equal(await of("fish"), "lift\tstart a quarantined module again\n");
});

Deno.test("a shell that is not known is refused, with those that are", async () => {
  const { code, stderr } = await runProgram("completion", "tcsh");
  assert.equal(code, 1);
  assert.match(stderr, /bash, zsh, fish/);
});
