/** What we lean on in Deno's permissions (docs of the flags are silent on most of it). */
import assert from "node:assert/strict";
import { findDenoDir } from "../../kernel/watchdog/find_deno_dir.ts";
import { runSnippet, withFolder } from "./run_snippet.ts";

Deno.test("a Unix socket needs read, write and net of its very path, to listen and to connect", () =>
  withFolder(async (folder) => {
    const path = `${folder}/s.sock`;
    const code = `
      const path = ${JSON.stringify(path)};
      await tell("listen", () => { const l = Deno.listen({ transport: "unix", path }); l.unref(); return "ok"; });
      await tell("connect", async () => { (await Deno.connect({ transport: "unix", path })).close(); return "ok"; });
      Deno.exit(0);`;
    const all = [`--allow-read=${path}`, `--allow-write=${path}`, `--allow-net=unix:${path}`];
    assert.deepEqual((await runSnippet({ flags: all, code, folder })).lines, ["listen: ok", "connect: ok"]);
    for (const flags of [all.slice(1), [all[0]!, all[2]!], all.slice(0, 2)]) {
      const { lines } = await runSnippet({ flags, code, folder });
      assert.deepEqual(lines, ["listen: NotCapable", "connect: NotCapable"], flags.join(" "));
    }
    const in_folder = [`--allow-read=${folder}`, `--allow-write=${folder}`, `--allow-net=unix:${folder}`];
    assert.deepEqual((await runSnippet({ flags: in_folder, code, folder })).lines, [
      "listen: NotCapable",
      "connect: NotCapable",
    ]);
  }));

Deno.test("a kernel's lists forbid /proc, processes, signals to others and the environment, and keep memory figures and signal listeners", () =>
  withFolder(async (folder) => {
    const code = `
      await tell("proc", () => Deno.readTextFileSync("/proc/self/statm"));
      await tell("sh", () => new Deno.Command("/bin/sh").outputSync().code);
      await tell("self", () => new Deno.Command(Deno.execPath(), { args: ["--version"] }).outputSync().code);
      await tell("kill", () => Deno.kill(Deno.ppid, "SIGCONT"));
      await tell("env", () => Deno.env.get("HOME"));
      await tell("tcp", () => Deno.listen({ port: 0 }).close());
      await tell("memory", () => typeof Deno.memoryUsage().rss);
      await tell("cpu", async () => typeof (await import("node:process")).default.cpuUsage().user);
      await tell("signal", () => Deno.addSignalListener("SIGINT", () => {}) ?? "ok");
      await tell("ppid", () => typeof Deno.ppid);
      Deno.exit(0);`;
    const flags = [`--allow-read=${folder},/proc`, `--allow-write=${folder}`, `--allow-net=unix:${folder}/k.sock`];
    assert.deepEqual((await runSnippet({ flags, code, folder })).lines, [
      "proc: NotCapable",
      "sh: NotCapable",
      "self: NotCapable",
      "kill: NotCapable",
      "env: NotCapable",
      "tcp: NotCapable",
      "memory: number",
      "cpu: number",
      "signal: ok",
      "ppid: number",
    ]);
  }));

Deno.test("run permission equals all permissions: a child may be started with any flag", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/child.ts`, `console.log(Deno.readTextFileSync("/proc/self/comm").trim());`);
    const code = `
      const { stdout } = new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--no-config", "${folder}/child.ts"] }).outputSync();
      console.log(new TextDecoder().decode(stdout).trim());`;
    const { lines } = await runSnippet({ flags: ["--allow-run"], code, folder });
    assert.deepEqual(lines, ["deno"]);
  }));

Deno.test("an entry of a list can be revoked by name; against a bare permission the same has no effect", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "A");
    await Deno.writeTextFile(`${folder}/b`, "B");
    const code = `
      Deno.permissions.revokeSync({ name: "read", path: "${folder}/a" });
      await tell("a", () => Deno.readTextFileSync("${folder}/a"));
      await tell("b", () => Deno.readTextFileSync("${folder}/b"));
      Deno.permissions.revokeSync({ name: "read" });
      await tell("b later", () => Deno.readTextFileSync("${folder}/b"));`;
    const listed = await runSnippet({ flags: [`--allow-read=${folder}/a,${folder}/b`], code, folder });
    assert.deepEqual(listed.lines, ["a: NotCapable", "b: B", "b later: NotCapable"]);
    const bare = await runSnippet({ flags: ["--allow-read"], code, folder });
    assert.deepEqual(bare.lines, ["a: A", "b: B", "b later: NotCapable"]);
  }));

Deno.test("a connected socket outlives the revoke; connecting again needs the name kept", () =>
  withFolder(async (folder) => {
    const path = `${folder}/k.sock`;
    const listener = Deno.listen({ transport: "unix", path });
    const serving = (async () => {
      for await (const conn of listener) {
        void conn.write(new Uint8Array([1])).then(() => conn.read(new Uint8Array(1))).catch(() => {});
      }
    })();
    const code = (names: string) => `
      const path = ${JSON.stringify(path)};
      const conn = await Deno.connect({ transport: "unix", path });
      ${names}
      await tell("old", async () => { await conn.write(new Uint8Array(1)); return await conn.read(new Uint8Array(1)); });
      await tell("new", async () => { await Deno.connect({ transport: "unix", path }); return "ok"; });
      Deno.exit(0);`;
    const flags = [`--allow-read=${path},${folder}/x`, `--allow-write=${path}`, `--allow-net=unix:${path},a.example:1`];
    const whole = `for (const name of ["read", "write", "net"]) Deno.permissions.revokeSync({ name });`;
    assert.deepEqual((await runSnippet({ flags, code: code(whole), folder })).lines, ["old: 1", "new: NotCapable"]);
    const named = `
      Deno.permissions.revokeSync({ name: "read", path: "${folder}/x" });
      Deno.permissions.revokeSync({ name: "net", host: "a.example:1" });`;
    assert.deepEqual((await runSnippet({ flags, code: code(named), folder })).lines, ["old: 1", "new: ok"]);
    listener.close();
    await serving;
  }));

Deno.test("a variable that is ignored reads as undefined, also after env was revoked; without the flag it throws", () =>
  withFolder(async (folder) => {
    const code = `
      await tell("before", () => String(Deno.env.get("HOME")));
      Deno.permissions.revokeSync({ name: "env" });
      await tell("after", () => String(Deno.env.get("HOME")));
      await tell("yaml", async () => (await import("yaml")).parse("a: 1"));`;
    const ignored = await runSnippet({ flags: ["--ignore-env"], code, folder, with_config: true });
    assert.deepEqual(ignored.lines, ["before: undefined", "after: undefined", 'yaml: {"a":1}']);
    const plain = await runSnippet({ flags: [], code, folder, with_config: true });
    assert.deepEqual(plain.lines, ["before: NotCapable", "after: NotCapable", "yaml: NotCapable"]);
  }));

Deno.test("a literal import, static or dynamic, of a file or a package needs no read permission; a computed one does", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/part.ts`, `export const part = "part";`);
    const code = `
      await tell("literal", async () => (await import("./part.ts")).part);
      await tell("package", async () => typeof (await import("es-module-lexer")).parse);
      await tell("computed", async () => { const name = "./part" + ".ts?again"; return (await import(name)).part; });`;
    const { lines } = await runSnippet({ flags: [], code, folder, with_config: true });
    assert.equal(lines[0], "literal: part");
    assert.equal(lines[1], "package: function");
    assert.match(lines[2]!, /^computed: (?:TypeError|NotCapable)$/);
  }));

Deno.test("evaluating strings is off in the main thread and in Workers with the V8 flag", () =>
  withFolder(async (folder) => {
    const worker = "try { postMessage(String(eval('1 + 1'))); } catch (error) { postMessage(error.name); }";
    const code = `
      await tell("eval", () => eval("1 + 1"));
      await tell("Function", () => new Function("return 1")());
      const url = URL.createObjectURL(new Blob([${JSON.stringify(worker)}], { type: "text/javascript" }));
      const worker = new Worker(url, { type: "module" });
      await tell("Worker", () => new Promise((then) => worker.onmessage = ({ data }) => then(data)));
      Deno.exit(0);`;
    const off = await runSnippet({ flags: ["--v8-flags=--disallow-code-generation-from-strings"], code, folder });
    assert.deepEqual(off.lines, ["eval: EvalError", "Function: EvalError", "Worker: EvalError"]);
    assert.deepEqual((await runSnippet({ flags: [], code, folder })).lines, ["eval: 2", "Function: 1", "Worker: 2"]);
  }));

Deno.test("findDenoDir gives the folder that Deno itself uses", () =>
  withFolder(async (folder) => {
    const { HOME = "", ...rest } = Deno.env.toObject();
    const cases: readonly Record<string, string>[] = [
      { HOME },
      { HOME, XDG_CACHE_HOME: `${folder}/x` },
      { HOME, XDG_CACHE_HOME: "" },
      { HOME, XDG_CACHE_HOME: "x" },
      { HOME, DENO_DIR: "d" },
      { HOME, DENO_DIR: "", XDG_CACHE_HOME: `${folder}/y` },
      { HOME: `${folder}/h` },
      { HOME: "" },
    ];
    const { homedir } = await import("node:os");
    for (const env of cases) {
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["info", "--json"],
        cwd: folder,
        clearEnv: true,
        env: { PATH: rest["PATH"] ?? "", ...env },
      }).output();
      const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
      const found = findDenoDir({ env, os: Deno.build.os, home_folder: homedir(), cwd: folder });
      assert.equal(found, denoDir, JSON.stringify(env));
    }
  }));
