/** `grants` and `plugin add` as a person types them on a terminal. */
import assert from "node:assert/strict";
import { hasTerminal, onTerminal } from "./on_terminal.ts";
import { runProgram, withHome } from "./scripted_host.ts";

const HANDS = {
  "plugins/hands.js": "export class Module {}",
  "configs/hands.yml": "grants: {folders: [{path: shared, mode: r}]}",
};

async function write(home: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
}

const lockOf = (home: string) => Deno.readTextFile(`${home}/configs/plugins.lock`).catch(() => "");

Deno.test({
  name: "on a terminal 'grants allow' shows what it would allow and asks; no and nothing are a no, --yes asks nothing",
  ignore: !await hasTerminal(),
  fn: () =>
    withHome(async (home) => {
      await write(home, HANDS);
      const no = await onTerminal(home, ["grants", "allow", "hands"], [{ wait: "[y/N]", key: "n\r" }]);
      assert.match(no.output, /\+ folders: shared \(r\)[^]*allow hands all of this\? \[y\/N\]/);
      assert.deepEqual([no.code, await lockOf(home)], [1, ""]);
      const yes = await onTerminal(home, ["grants", "allow", "hands"], [{ wait: "[y/N]", key: "y\r" }]);
      assert.equal(yes.code, 0, yes.output);
      assert.match(await lockOf(home), /hands:\n {2}origin: local\n {2}grants:\n {4}folders:\n/);
      await Deno.remove(`${home}/configs/plugins.lock`);
      const unasked = await onTerminal(home, ["grants", "allow", "hands", "--yes"], []);
      assert.equal(unasked.code, 0, unasked.output);
      assert.doesNotMatch(unasked.output, /\[y\/N\]/);
    }),
});

Deno.test("'grants show' tells what is asked, allowed and had; 'grants diff' what is beyond; a script's 'grants allow' needs no question", () =>
  withHome(async (home) => {
    await write(home, HANDS);
    const show = async (name: string) => {
      const { code, stdout, stderr } = await runProgram("grants", name, "hands", "--home", home);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    assert.match(
      await show("show"),
      /^hands \(local\), by configs\/hands\.yml\nasks for\n {2}reads shared: .+\nyou allowed builtins, folders and listen nothing\n/,
    );
    assert.match(
      await show("diff"),
      /^beyond what is allowed\n {2}\+ folders: shared \(r\)\nallow it with: grants allow hands --hash [0-9a-f]{12}\n$/,
    );
    const hash = /--hash ([0-9a-f]+)/.exec(await show("diff"))![1]!;
    await write(home, { "configs/hands.yml": "grants: {folders: [{path: shared, mode: rw}]}" });
    const late = await runProgram("grants", "allow", "hands", "--hash", hash, "--home", home);
    assert.equal(late.code, 1);
    assert.match(late.stderr, /have changed since you looked: see 'grants diff hands'/);
    const short = await runProgram("grants", "allow", "hands", "--hash", hash.slice(0, 7), "--home", home);
    assert.match(short.stderr, /is no hash: 8 to 64 hex digits/);
    const allowed = await runProgram("grants", "allow", "hands", "--home", home);
    assert.deepEqual([allowed.code, allowed.stdout], [0, "allowed hands\n  + folders: shared (rw)\n"]);
    assert.equal(await show("diff"), "hands asks for nothing beyond what is allowed\n");
    assert.match(await show("show"), /\nyou allowed builtins, folders and listen\n {2}folders: shared \(rw\)\n$/);
  }));

Deno.test("'grants' names the modules there are when it knows none of that name, and nobody allows what gives all away", () =>
  withHome(async (home) => {
    await write(home, { ...HANDS, "configs/hands.yml": "grants: {folders: [{path: plugins, mode: rw}]}" });
    const unknown = await runProgram("grants", "show", "hand", "--home", home);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /no config claims api 'hand'[^]*there are hands/);
    const denied = await runProgram("grants", "allow", "hands", "--home", home);
    assert.equal(denied.code, 1);
    assert.match(denied.stderr, /asks for folders: plugins \(rw\), which nobody can allow/);
    const diff = await runProgram("grants", "diff", "hands", "--home", home);
    assert.match(diff.stdout, /nobody can allow folders: plugins \(rw\): .+ remove it from configs\/hands\.yml\n$/);
  }));

Deno.test({
  name:
    "on a terminal 'plugin add' shows all that it asks for before it asks; a no adds it and lets it wait, an update names what it replaces",
  ignore: !await hasTerminal(),
  fn: () =>
    withHome(async (home) => {
      await write(home, {
        "theirs/guest.js": "export class Module {}",
        "theirs/guest.yml": "grants: {wasm: true}\nlimits: {memory_mb: 512}\napprove: never\n",
        "configs/meta.yml": "prog: kernel\n",
      });
      const add = (key: string) =>
        onTerminal(home, ["plugin", "add", `${home}/theirs/guest.js`], [{ wait: "[y/N]", key }]);
      const no = await add("\r");
      assert.equal(no.code, 0, no.output);
      assert.match(no.output, /asks for\r?\n {2}compiles WebAssembly: /);
      assert.match(no.output, /limits: memory_mb 512: more than the 128 that every module may take/);
      assert.match(no.output, /approve: never: a model uses its tools without asking you/);
      assert.match(
        no.output,
        /added guest[^]*it does not start until you allow it: grants show guest, grants allow guest/,
      );
      assert.match(
        await lockOf(home),
        /guest:\n {2}origin: added .*\/theirs\/guest\.js\n {2}hash: [0-9a-f]{64}\n {2}grants: \{\}\n$/,
      );
      await write(home, { "theirs/guest.js": "export class Module { two() {} }" });
      const yes = await add("y\r");
      assert.match(yes.output, /beyond what you allowed\r?\n {2}\+ wasm: true[^]*replaces plugins\/guest\.js/);
      assert.match(await lockOf(home), /limits:\n {4}memory_mb: 512\n {2}approve: never\n$/);
    }),
});
