import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { type Hello, PROTOCOL } from "../../kernel/contract/channel.ts";
import { buildCommand } from "../../kernel/watchdog/build_command.ts";

const PROGRAM = fromFileUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");
const MAIN = `${PROGRAM}/main.ts`;

async function withHome(then: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  for (const name of ["configs", "kernel", "runtime/run", "runtime/logs"]) {
    await Deno.mkdir(`${home}/${name}`, { recursive: true });
  }
  await then(home);
  await Deno.remove(home, { recursive: true });
}

/** A Kernel of the operator's own, which only says what it may do. */
const PROBE = `
export class Kernel {
  boot() {
    const held = ["read", "write", "net", "env", "run", "sys", "ffi", "import"]
      .filter((name) => Deno.permissions.querySync({ name }).state === "granted");
    let ran = "ran";
    try { new Deno.Command(Deno.execPath(), { args: ["--version"] }).outputSync(); } catch (error) { ran = error.name; }
    Deno.stderr.writeSync(new TextEncoder().encode("PROBE " + JSON.stringify({ held, ran }) + "\\n"));
  }
  waitForShutdown() { return Promise.resolve(); }
}`;

async function probe(home: string, args: readonly string[]): Promise<{ code: number; said: unknown }> {
  await Deno.writeTextFile(`${home}/configs/meta.yml`, "prog: probe\n");
  await Deno.writeTextFile(`${home}/kernel/probe.ts`, PROBE);
  const hello: Hello = {
    t: "hello",
    epoch: 1,
    pass_over: [],
    home,
    program: PROGRAM,
    run: `${home}/runtime/run`,
    version: "0.0.0",
    log_level: "DEBUG",
    watchdog_pid: Deno.pid,
    protocol: PROTOCOL,
  };
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: "/",
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(JSON.stringify(hello) + "\n"));
  const { code, stderr } = await child.output();
  await input.close().catch(() => {});
  const text = new TextDecoder().decode(stderr);
  const line = text.split("\n").find((one) => one.startsWith("PROBE "));
  assert.ok(line, text);
  return { code, said: JSON.parse(line.slice(6)) };
}

Deno.test("main gives a kernel that was started with lists no category as a whole, and no process", () =>
  withHome(async (home) => {
    const places = {
      home,
      program: PROGRAM,
      run: `${home}/runtime/run`,
      entry: `${PROGRAM}/kernel/roles`,
      bundler_wasm: MAIN,
    };
    const command = buildCommand(places, { role: "kernel", epoch: 1 });
    assert.ok(command.ok);
    assert.deepEqual(await probe(home, command.value), { code: 0, said: { held: [], ran: "NotCapable" } });
  }));

Deno.test("main takes from a kernel that was started with everything all but read, write and net", () =>
  withHome(async (home) => {
    const args = ["run", "-A", "--unstable-kv", "--no-check", "--cached-only", "--quiet", MAIN, "kernel"];
    assert.deepEqual(await probe(home, args), { code: 0, said: { held: ["read", "write", "net"], ran: "NotCapable" } });
  }));

Deno.test("main ends a kernel that nobody greets", async () => {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--cached-only", "--quiet", MAIN, "kernel"],
    stdin: "null",
  }).output();
  assert.equal(output.code, 1);
  assert.match(new TextDecoder().decode(output.stderr), /a kernel is started by the watchdog only/);
});

Deno.test("main refuses to start while DENO_PERMISSION_BROKER_PATH is set", () =>
  withHome(async (home) => {
    const path = `${home}/broker.sock`;
    const broker = Deno.listen({ transport: "unix", path });
    // A broker that allows everything: the very thing that would open the fence.
    const serving = (async () => {
      for await (const conn of broker) void allowAll(conn).catch(() => {});
    })();
    const output = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--cached-only", "--quiet", MAIN, "start", "--home", home],
      env: { DENO_PERMISSION_BROKER_PATH: path },
      stdin: "null",
    }).output();
    broker.close();
    await serving;
    assert.equal(output.code, 1);
    assert.match(new TextDecoder().decode(output.stderr), /does not start while DENO_PERMISSION_BROKER_PATH is set/);
  }));

async function allowAll(conn: Deno.Conn): Promise<void> {
  let rest = "";
  for await (const text of conn.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const answer = JSON.stringify({ id: JSON.parse(line).id, result: "allow" }) + "\n";
      await conn.write(new TextEncoder().encode(answer));
    }
  }
}
