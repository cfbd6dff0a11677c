/** `plugin new`, `check` and `test` as a person types them, in a home that is not the program's folder. */
import assert from "node:assert/strict";
import { runProgram, withHome } from "./scripted_host.ts";

Deno.test("a new module is green at once: deno check, plugin check, plugin test, deno test", () =>
  withHome(async (home) => {
    const made = await runProgram("plugin", "new", "notes", "--home", home);
    assert.equal(made.code, 0, made.stderr);
    assert.match(
      made.stdout,
      /^wrote\n {2}\.meta\/meta-machine\.js\n[^]*\n {2}configs\/notes\.yml\nnext: deno task cli plugin check notes\n$/,
    );
    assert.match(made.stderr, /^wrote the shipped defaults into /, "else `start` would add none");

    const deno = async (...args: string[]) => {
      const { code, stderr, stdout } = await new Deno.Command(Deno.execPath(), {
        args,
        cwd: home,
        env: { NO_COLOR: "1" },
      }).output();
      const decoder = new TextDecoder();
      assert.equal(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
      return decoder.decode(stdout);
    };
    await deno("check", "plugins/notes.ts", "plugins/notes_test.ts");

    const checked = await runProgram("plugin", "check", "notes", "--home", home);
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    assert.match(
      checked.stdout,
      /^notes by configs\/notes\.yml\nasks for:\n {2}services: calls every method of database: [^\n]+\noffers:\n {2}notes_add\(text: string\): /,
    );

    const tested = await runProgram("plugin", "test", "notes", "--coverage", "--home", home);
    assert.equal(tested.code, 0, tested.stdout + tested.stderr);
    assert.match(tested.stdout, /3 passed \| 0 failed[^]*coverage:\n {2}plugins\/notes\.ts {2}\d+\.\d % /);
    assert.match(await deno("test", "-A", "plugins/"), /3 passed \| 0 failed/);
  }));

Deno.test("plugin check ends with 1 for a module that has problems, which --json lists", () =>
  withHome(async (home) => {
    await runProgram("plugin", "new", "a", "--home", home);
    await Deno.writeTextFile(`${home}/plugins/a.ts`, `export class Module {\n  n: number = "\\u001b[2J";\n}\n`);
    const { code, stdout } = await runProgram("plugin", "check", "a", "--json", "--home", home);
    assert.equal(code, 1);
    const { problems, refused, asks, tools, config } = JSON.parse(stdout);
    assert.deepEqual(problems, [{
      file: "plugins/a.ts",
      line: 2,
      column: 3,
      message: "Type 'string' is not assignable to type 'number'.",
    }]);
    assert.deepEqual([refused, asks.length, tools, config], [null, 1, [], "configs/a.yml"]);
  }));

Deno.test("plugin test ends with 1 when a test fails, and --json has what the runner said", () =>
  withHome(async (home) => {
    await runProgram("plugin", "new", "a", "--js", "--home", home);
    await Deno.writeTextFile(
      `${home}/plugins/a_test.js`,
      `import { test } from "meta-machine/testing";\ntest("x", () => { throw new Error("no"); });\n`,
    );
    const { code, stdout } = await runProgram("plugin", "test", "a", "--json", "--home", home);
    const { passed, output, coverage } = JSON.parse(stdout);
    assert.deepEqual([code, passed, coverage], [1, false, null]);
    assert.match(output, /0 passed \| 1 failed/);
  }));

Deno.test("plugin new refuses a second module of the name, and --js with --folder", () =>
  withHome(async (home) => {
    await runProgram("plugin", "new", "a", "--home", home);
    const again = await runProgram("plugin", "new", "a", "--home", home);
    assert.deepEqual([again.code, again.stderr.split("\n")[0]], [
      1,
      "plugins/a_test.ts is there already: nothing was written",
    ]);
    const both = await runProgram("plugin", "new", "b", "--js", "--folder", "--home", home);
    assert.match(both.stderr, /exclude each other/);
  }));

Deno.test("plugin commands name a home that is not there", async () => {
  const { code, stderr } = await runProgram("plugin", "check", "a", "--home", "/no/such/home");
  assert.deepEqual([code, stderr.split("\n")[0]], [1, "there is no folder /no/such/home"]);
});
