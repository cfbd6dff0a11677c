import assert from "node:assert/strict";
import { command, runProgram, withHome } from "./scripted_host.ts";

/** Runs `test` beside a real host in a new home, which must be gone afterwards. */
async function withStarted(args: readonly string[], test: (home: string, line: string) => Promise<void>) {
  await withHome(async (folder) => {
    const home = `${folder}/home`;
    const child = command(["start", "--home", home, ...args]).spawn();
    const stderr = new Response(child.stderr).text();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    try {
      while (!text.endsWith("\n") && !text.endsWith("}\n")) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
      }
      assert.notEqual(text, "", await Promise.race([stderr, Promise.resolve("it said nothing")]));
      await test(home, text);
    } finally {
      try {
        child.kill("SIGTERM");
      } catch { /* gone already */ }
      while (!(await reader.read()).done);
      const { code } = await child.status;
      assert.equal(code, 0, await stderr);
      await stderr;
    }
  });
}

Deno.test("start writes the defaults into a new home, says that it is ready, and stop ends it", () =>
  withStarted([], async (home, line) => {
    assert.match(line, new RegExp(`^ready: [0-9]+ modules, control ${home}/runtime/run/control\\.sock\n$`));
    assert.equal((await Deno.stat(`${home}/configs/meta.yml`)).isFile, true);
    const status = await runProgram("status", "--json", "--home", home);
    assert.equal(status.code, 0, status.stderr);
    assert.deepEqual(Object.keys(JSON.parse(status.stdout)), ["kernel", "modules"]);
    const again = await runProgram("start", "--home", home);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /already runs in .* \(pid [0-9]+\)/);
    const stopped = await runProgram("stop", "--home", home);
    assert.deepEqual(stopped, { code: 0, stdout: `stopped the host of ${home}\n`, stderr: "" });
    assert.match((await runProgram("status", "--home", home)).stderr, /^no host runs in /);
  }));

Deno.test("start --json prints one object, and a refusal as one on stdout", () =>
  withStarted(["--json"], async (home, line) => {
    const said = JSON.parse(line);
    assert.deepEqual(Object.keys(said), ["modules", "control", "pid"]);
    assert.equal(said.control, `${home}/runtime/run/control.sock`);
    const again = await runProgram("start", "--json", "--home", home);
    assert.equal(again.code, 1);
    assert.match(JSON.parse(again.stdout).error.message, new RegExp(`pid ${said.pid}`));
  }));

Deno.test("start refuses a home that is no folder", () =>
  withHome(async (home) => {
    await Deno.writeTextFile(`${home}/file`, "");
    const ran = await runProgram("start", "--home", `${home}/file`, "--json");
    assert.equal(ran.code, 1);
    assert.ok(JSON.parse(ran.stdout).error.message.includes(`${home}/file`));
  }));

Deno.test("start refuses a home with a folder that others may write, and says what mends it", () =>
  withHome(async (folder) => {
    await Deno.mkdir(`${folder}/home/configs`, { recursive: true });
    await Deno.chmod(`${folder}/home/configs`, 0o775);
    const refused = await runProgram("start", "--home", `${folder}/home`);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /configs: found mode 0775, allowed: a folder that only its owner may write/);
    assert.match(refused.stderr, /chmod go-w/);
    await Deno.chmod(`${folder}/home/configs`, 0o755);
    assert.equal((await runProgram("doctor", "--home", `${folder}/home`)).stderr, "");
  }));
