import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { PROTOCOL } from "../../kernel/contract/channel.ts";
import { isAlive, startScriptedHost, waitFor } from "./scripted_host.ts";

const PROGRAM = fromFileUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");
const LIMITS = { memory_mb: 128, heap_mb: 96 };
const startCell = (cell: string) => ({ send: { t: "start_cell", cell, folders: [], net: [], limits: LIMITS } });
const READY = { send: { t: "ready", modules: 3 } };

Deno.test("runWatchdog greets the first kernel with epoch 1 and prints ready with the control socket's address", async () => {
  await using host = await startScriptedHost();
  const run = `${host.home}/runtime/run`;
  assert.equal(await host.ready(), `ready: 3 modules, control ${run}/control.sock`);
  const { watchdog_pid, program: _, machine_mb, ...hello } = await host.got(1, "hello");
  assert.equal(watchdog_pid, host.process.pid);
  assert.ok(Number.isSafeInteger(machine_mb) && Number(machine_mb) > 0, `${machine_mb}`);
  assert.deepEqual(hello, {
    t: "hello",
    epoch: 1,
    pass_over: [],
    home: host.home,
    run,
    version: "0.0.0",
    log_level: "DEBUG",
    protocol: PROTOCOL,
  });
  assert.deepEqual(await host.got(1, "cells"), { t: "cells", cells: [] });
  assert.equal(Deno.readTextFileSync(`${run}/address`).trim(), `${run}/control.sock`);
  assert.equal(Deno.statSync(run).mode! & 0o777, 0o700);
});

Deno.test("runWatchdog gives up all but read, write, run and sys before it starts anything", async () => {
  await using host = await startScriptedHost();
  await host.ready();
  assert.equal(
    await waitFor(() => host.stdout.find((line) => line.startsWith("holds: ")), "holds"),
    "holds: read write run sys",
  );
});

Deno.test("runWatchdog starts a cell with its token on stdin and tells the kernel the same token and pid", async () => {
  await using host = await startScriptedHost({ "*": [READY, startCell("teller~1")] });
  const log = await host.got(1, "log");
  const told = JSON.parse(log["line"] as string);
  const line = await host.line(`K 1 {"t":"cells"`, "teller~1");
  const { cells } = JSON.parse(line.slice(line.indexOf("{"))) as {
    cells: { cell: string; pid: number; token: string }[];
  };
  assert.equal(cells.length, 1);
  assert.equal(cells[0]!.cell, "teller~1");
  assert.match(cells[0]!.token, /^[0-9a-f]{64}$/);
  assert.equal(told.token, `${cells[0]!.token}\n`);
  assert.equal(told.cwd, "/");
  const socket = `${host.home}/runtime/run/k.sock`;
  assert.deepEqual(told.args, {
    cell: "teller~1",
    socket,
    keeps: { read: [socket, `${PROGRAM}/libs`], write: [socket], net: [`unix:${socket}`] },
    blank: true,
    memory_mb: 128,
  });
  assert.equal(isAlive(cells[0]!.pid), true);
});

Deno.test("runWatchdog tells the code of a cell that ends and the signal and reason of one that is killed", async () => {
  await using host = await startScriptedHost({ "*": [READY, startCell("ender~1"), startCell("hanging~2")] });
  assert.deepEqual(await host.got(1, "exited"), { t: "exited", cell: "ender~1", code: 3, signal: null });
  await host.line(`"t":"log","cell":"hanging~2"`);
  await host.act({ send: { t: "kill", cell: "hanging~2", reason: "liveness_ms" } });
  const line = await host.line(`"t":"exited","cell":"hanging~2"`);
  assert.deepEqual(JSON.parse(line.slice(line.indexOf("{"))), {
    t: "exited",
    cell: "hanging~2",
    code: null,
    signal: "SIGKILL",
    reason: "liveness_ms",
  });
});

Deno.test("runWatchdog answers an order that no command line may hold with exited and the reason", async () => {
  const order = { t: "start_cell", cell: "bad~1", folders: [{ path: "../x", mode: "r" }], net: [], limits: LIMITS };
  const mean = { t: "start_cell", cell: "mean~1", folders: [], net: [], limits: { memory_mb: 1, heap_mb: 1 } };
  await using host = await startScriptedHost({ "*": [READY, { send: order }, { send: mean }] });
  const exited = await host.got(1, "exited");
  assert.deepEqual([exited["cell"], exited["code"], exited["signal"]], ["bad~1", null, null]);
  assert.match(exited["reason"] as string, /no command line may hold/);
  await host.line(`"t":"exited","cell":"mean~1"`, "Cannot start a process with memory_mb 1; 16 to 1048576 works");
});

Deno.test("runWatchdog answers env with the variable and with null for one that is not set", async () => {
  const ask = (name: string) => ({ send: { t: "env", name } });
  await using host = await startScriptedHost({
    "*": [READY, ask("MM_TEST_SECRET"), ask("MM_TEST_NONE"), ask("__proto__")],
  }, {
    env: { MM_TEST_SECRET: "s3cret" },
  });
  await host.line(`{"t":"env","name":"MM_TEST_SECRET","value":"s3cret"}`);
  await host.line(`{"t":"env","name":"MM_TEST_NONE","value":null}`);
  await host.line(`{"t":"env","name":"__proto__","value":null}`);
});

Deno.test("runWatchdog restarts a killed kernel with the next epoch and tells it the cells that live", async () => {
  await using host = await startScriptedHost({ "1": [READY, startCell("quiet~1")] });
  const line = await host.line(`K 1 {"t":"cells"`, "quiet~1");
  const { cells } = JSON.parse(line.slice(line.indexOf("{")));
  const started = await host.line("kernel 1 started (pid ");
  Deno.kill(Number(/pid ([0-9]+)/.exec(started)![1]), "SIGKILL");
  assert.equal((await host.got(2, "hello"))["epoch"], 2);
  assert.deepEqual(await host.got(2, "cells"), { t: "cells", cells });
  await host.line("WARNING - kernel 1 (pid ", "died (SIGKILL)");
  assert.equal(host.stdout.filter((one) => one.startsWith("ready: ")).length, 1, "ready is printed once");
  // Its address and its sockets are the new kernel's.
  await host.act({ stderr: "served by the second" });
  await host.line("served by the second");
});

Deno.test("runWatchdog passes a meta file over whose kernel dies three times before it is ready", async () => {
  const hash = "ab".repeat(32);
  const die = [{ send: { t: "booting", meta: "meta-v2.yml", hash } }, { wait: 20 }, { exit: 1 }];
  await using host = await startScriptedHost({ "1": die, "2": die, "3": die });
  assert.match(await host.ready(), /^ready: 3 modules/);
  assert.deepEqual((await host.got(3, "hello"))["pass_over"], []);
  assert.deepEqual((await host.got(4, "hello"))["pass_over"], [{ meta: "meta-v2.yml", hash }]);
});

Deno.test("runWatchdog ends with 1 when the first kernel says that nothing loads", async () => {
  await using host = await startScriptedHost({ "*": [{ stderr: "All kernel load attempts failed." }, { exit: 1 }] });
  assert.equal((await host.end()).code, 1);
  assert.equal(host.stderr.filter((line) => line.includes(`"t":"hello"`)).length, 1);
});

Deno.test("runWatchdog is not hurt by lines that are no messages and logs only the first twenty", async () => {
  const hostile = [
    "not json\n",
    "[]\n",
    "null\n",
    '{"t":"kill"}\n',
    '{"t":"start_cell","cell":"../x~1"}\n',
    '{"t":"__proto__"}\n',
    '{"t":"order","kind":"trainer","body":{}}\n',
    "\u001b[2J\u0000\n",
    `${"x".repeat(5_000_000)}\n`,
    "strange\n".repeat(1_000),
    '{"t":"kill","cell":"nobody~1","reason":"none"}\n',
  ];
  await using host = await startScriptedHost({ "*": [...hostile.map((write) => ({ write })), READY, { exit: 5 }] });
  await host.ready();
  await host.line("kernel 1 wrote 1008 lines that are no messages");
  const logged = host.stderr.filter((line) => line.includes(" - kernel 1 wrote what is no message"));
  assert.equal(logged.length, 20);
  assert.equal(logged.some((line) => line.includes("\u001b")), false);
  await host.line("the kernel asked for 'order', which this watchdog does not serve");
  await host.got(2, "hello");
});

Deno.test("runWatchdog drains a cell that floods its pipes and passes on at most its share", async () => {
  await using host = await startScriptedHost({ "*": [READY, startCell("flood~1"), startCell("endless~2")] });
  await host.line(`"stream":"stderr","line":"flooded"`);
  await host.line(`"stream":"stderr","line":"written"`);
  await host.act({ stderr: "still served" });
  await host.line("still served");
  const lines = host.stderr.filter((line) => line.includes(`"cell":"flood~1","stream":"stdout"`));
  assert.ok(lines.length >= 1_000 && lines.length <= 19_000, `${lines.length} lines`);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test(`runWatchdog ends in order at ${signal}, also while a cell hangs`, async () => {
    await using host = await startScriptedHost({ "*": [READY, startCell("hanging~1"), startCell("quiet~2")] });
    const pids = await cellPids(host, "hanging~1", "quiet~2");
    await host.line(`"t":"log","cell":"hanging~1"`);
    const began = performance.now();
    host.process.kill(signal);
    assert.deepEqual(await host.got(1, "drain"), { t: "drain", ms: 4_000 });
    assert.equal((await host.end()).code, 0);
    assert.ok(performance.now() - began < 5_000);
    assert.deepEqual(pids.map(isAlive), [false, false]);
    const left = [...Deno.readDirSync(`${host.home}/runtime/run`)].map(({ name }) => name).sort();
    assert.deepEqual(left, ["epoch", "lock"]);
  });
}

Deno.test("runWatchdog takes a doubled SIGINT for one and ends in order", async () => {
  await using host = await startScriptedHost();
  await host.ready();
  host.process.kill("SIGINT");
  await new Promise((then) => setTimeout(then, 5));
  host.process.kill("SIGINT");
  assert.equal((await host.end()).code, 0);
  await host.got(1, "drain");
});

Deno.test("runWatchdog kills a kernel that does not drain and is gone within 5 seconds", async () => {
  await using host = await startScriptedHost({ "*": [READY, { hang: true }], drain: [] });
  await host.ready();
  const began = performance.now();
  host.process.kill("SIGTERM");
  assert.equal((await host.end()).code, 0);
  const took = performance.now() - began;
  assert.ok(took > 4_000 && took < 5_000, `${took} ms`);
});

Deno.test("runWatchdog ends at once with 130 at a second SIGINT more than 500 ms later", async () => {
  await using host = await startScriptedHost({ "*": [READY, startCell("hanging~1")], drain: [] });
  const pids = await cellPids(host, "hanging~1");
  host.process.kill("SIGINT");
  await host.got(1, "drain");
  await new Promise((then) => setTimeout(then, 600));
  const began = performance.now();
  host.process.kill("SIGINT");
  assert.equal((await host.end()).code, 130);
  assert.ok(performance.now() - began < 1_500);
  assert.deepEqual(pids.map(isAlive), [false]);
});

Deno.test("runWatchdog stops when the kernel asks for it", async () => {
  await using host = await startScriptedHost();
  await host.ready();
  await host.act({ send: { t: "stop" } });
  assert.equal((await host.end()).code, 0);
  await host.line("stopping (asked to by the kernel)");
});

Deno.test("runWatchdog stops at the end of stdin only when asked to", async () => {
  await using asked = await startScriptedHost({}, { options: ["stop_at_stdin_end"], stdin: "piped" });
  await using other = await startScriptedHost({}, { stdin: "null" });
  await asked.ready();
  await other.ready();
  await asked.process.stdin.close();
  assert.equal((await asked.end()).code, 0);
  await other.act({ stderr: "goes on" });
  await other.line("goes on");
});

Deno.test("runWatchdog refuses a home where another host runs and names its pid, and starts there after kill -9", async () => {
  await using first = await startScriptedHost({ "*": [READY, startCell("quiet~1")] });
  const pids = await cellPids(first, "quiet~1");
  await using second = await startScriptedHost({}, { home: first.home });
  assert.equal((await second.end()).code, 1);
  await second.line(
    `meta-machine already runs in ${first.home} (pid ${first.process.pid}); stop it with 'deno task cli stop'`,
  );
  pids.push(Number(/pid ([0-9]+)/.exec(await first.line("kernel 1 started (pid "))![1]));
  first.process.kill("SIGKILL");
  await waitFor(() => pids.some(isAlive) ? undefined : true, "the end of cell and kernel");
  await using third = await startScriptedHost({}, { home: first.home });
  assert.match(await third.ready(), /^ready: /);
  assert.equal((await third.got(2, "hello"))["epoch"], 2, "epochs grow over watchdogs");
  third.process.kill("SIGTERM");
  assert.equal((await third.end()).code, 0);
});

Deno.test("runWatchdog refuses a home whose path has a comma", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "mm,comma" }));
  await using comma = await startScriptedHost({}, { home: folder });
  assert.equal((await comma.end()).code, 1);
  await comma.line("Cannot start meta-machine: the home's path", "cannot stand in a list");
  await comma.line("a path without ',' works");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("runWatchdog puts the sockets of a deep home into a short folder of mode 0700", async () => {
  const base = await Deno.realPath(await Deno.makeTempDir({ prefix: "mm" }));
  const runtime = await Deno.realPath(await Deno.makeTempDir({ prefix: "xdg" }));
  const home = `${base}/${"deep/".repeat(20)}home`;
  await Deno.mkdir(home, { recursive: true });
  {
    await using host = await startScriptedHost({}, { home, env: { XDG_RUNTIME_DIR: runtime } });
    const control = (await host.ready()).replace(/^.*control /, "");
    assert.match(control, new RegExp(`^${runtime}/meta-machine-[0-9a-f]{16}/control\\.sock$`));
    assert.equal(Deno.readTextFileSync(`${home}/runtime/run/address`).trim(), control);
    assert.equal(Deno.statSync(control.replace("/control.sock", "")).mode! & 0o777, 0o700);
    await host.act({ stderr: "reached" });
    await host.line("reached");
    host.process.kill("SIGTERM");
    assert.equal((await host.end()).code, 0);
  }
  for (const folder of [base, runtime]) await Deno.remove(folder, { recursive: true });
});

async function cellPids(host: { line(...texts: string[]): Promise<string> }, ...cells: string[]): Promise<number[]> {
  const line = await host.line(`{"t":"cells"`, ...cells);
  const told = JSON.parse(line.slice(line.indexOf("{"))) as { cells: { cell: string; pid: number }[] };
  return cells.map((name) => told.cells.find(({ cell }) => cell === name)!.pid);
}

Deno.test("runWatchdog tells a kernel that is to take over whose a blank cell has become meanwhile", async () => {
  const ask = { send: { t: "start_successor", meta: "meta-v2.yml", hash: "22" } };
  const given = { send: { t: "name", cell: "@warm~1", base: "notes" } };
  const late = { send: { t: "name", cell: "@warm~1", base: "evil" } };
  await using host = await startScriptedHost({
    "1": [READY, startCell("@warm~1"), ask, given, late],
    "2": [{ wait: 60_000 }],
  });
  const line = await host.line(`K 2 {"t":"cells"`, `"base":`);
  const { cells } = JSON.parse(line.slice(line.indexOf("{"))) as { cells: { cell: string; base?: string }[] };
  assert.deepEqual(cells.map(({ cell, base }) => [cell, base]), [["@warm~1", "notes"]]);
});
