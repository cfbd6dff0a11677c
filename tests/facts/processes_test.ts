/** What signals, deaths and pipes do. */
import assert from "node:assert/strict";
import { withFolder } from "./run_snippet.ts";

async function start(folder: string, name: string, code: string, args: string[] = [], detached = false) {
  await Deno.writeTextFile(`${folder}/${name}`, code);
  const child = new Deno.Command(Deno.execPath(), {
    args: args.length > 0 ? args : ["run", "-A", "--no-config", "--quiet", `${folder}/${name}`],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    detached,
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let said = "";
  /** Everything up to this text. */
  const until = async (text: string): Promise<string> => {
    while (!said.includes(text)) {
      const { done, value } = await lines.read();
      if (done) throw new Error(`ended before '${text}': ${said}`);
      said += value;
    }
    return said;
  };
  const rest = async (): Promise<string> => {
    for (;;) {
      const { done, value } = await lines.read();
      if (done) return said;
      said += value;
    }
  };
  return { child, until, rest };
}

Deno.test("SIGINT ends a process with 130 unless it listens", () =>
  withFolder(async (folder) => {
    const wait = `console.log("up"); setTimeout(() => console.log("alive"), 200);`;
    const deaf = await start(folder, "deaf.ts", wait);
    await deaf.until("up");
    deaf.child.kill("SIGINT");
    assert.deepEqual((await deaf.child.status).signal, "SIGINT");
    await deaf.rest();
    await deaf.child.stdin.close().catch(() => {});
    const code =
      `for (const s of ["SIGINT", "SIGHUP", "SIGTERM"]) Deno.addSignalListener(s, () => {});${wait} setTimeout(() => Deno.exit(0), 250);`;
    const listening = await start(folder, "listening.ts", code);
    await listening.until("up");
    for (const signal of ["SIGINT", "SIGHUP", "SIGTERM"] as const) listening.child.kill(signal);
    assert.match(await listening.rest(), /alive/);
    assert.equal((await listening.child.status).code, 0);
    await listening.child.stdin.close().catch(() => {});
  }));

Deno.test("deno task passes a group's SIGINT on: one Ctrl-C arrives once or twice, the second time within 500 ms", () =>
  withFolder(async (folder) => {
    const code = `
      const times = [];
      Deno.addSignalListener("SIGINT", () => times.push(performance.now()));
      console.log("up");
      setTimeout(() => { console.log("signals " + times.length + " apart " + (times.at(-1) - times[0] < 500)); Deno.exit(0); }, 1_000);`;
    await Deno.writeTextFile(`${folder}/deno.json`, `{"tasks":{"t":"deno run -A --quiet child.ts"}}`);
    const task = await start(folder, "child.ts", code, ["task", "--quiet", "t"], true);
    await task.until("up");
    // A terminal sends to the whole group.
    await new Deno.Command("kill", { args: ["-INT", "--", `-${task.child.pid}`] }).output();
    const said = await task.rest();
    await task.child.status;
    await task.child.stdin.close().catch(() => {});
    assert.match(said, /signals [12] apart true/);
  }));

Deno.test("Deno.ppid changes when the parent is killed, and stdin ends", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/child.ts`,
      `const parent = Deno.ppid;
       console.log("up");
       const ended = await Deno.stdin.read(new Uint8Array(1));
       for (let times = 0; Deno.ppid === parent && times < 1_000; times++) await new Promise((then) => setTimeout(then, 5));
       console.log("said " + JSON.stringify({ ended, changed: Deno.ppid !== parent }));`,
    );
    const parent = await start(
      folder,
      "parent.ts",
      `new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--no-config", "${folder}/child.ts"], stdin: "piped", stdout: "inherit" }).spawn();
       setInterval(() => {}, 1_000);`,
    );
    await parent.until("up");
    parent.child.kill("SIGKILL");
    await parent.child.status;
    assert.match(await parent.rest(), /said {"ended":null,"changed":true}/);
    await parent.child.stdin.close().catch(() => {});
  }));

Deno.test("a write to a pipe that nobody reads any more is an error, not a death", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/writer.ts`,
      `await Deno.stdin.read(new Uint8Array(1));
       let name = "none";
       try { for (let n = 0; n < 10; n++) await Deno.stdout.write(new Uint8Array(65_536)); } catch (error) { name = error.name; }
       Deno.writeTextFileSync("${folder}/said", name);`,
    );
    const writer = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-config", "--quiet", `${folder}/writer.ts`],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    await writer.stdout.cancel();
    await writer.stdin.close();
    assert.equal((await writer.status).code, 0);
    assert.equal(await Deno.readTextFile(`${folder}/said`), "BrokenPipe");
  }));

Deno.test("a heap that is full ends the process, with the bound of --max-old-space-size", () =>
  withFolder(async (folder) => {
    const code = `const all = []; for (;;) all.push({ a: [1, 2, 3] });`;
    const began = performance.now();
    const args = ["run", "--no-config", "--quiet", "--v8-flags=--max-old-space-size=32", `${folder}/bomb.ts`];
    const bomb = await start(folder, "bomb.ts", code, args);
    const { success } = await bomb.child.status;
    assert.equal(success, false);
    assert.ok(performance.now() - began < 10_000);
    await bomb.rest();
    await bomb.child.stdin.close().catch(() => {});
  }));
