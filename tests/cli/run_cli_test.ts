import assert from "node:assert/strict";
import deno_json from "../../deno.json" with { type: "json" };
import { runProgram } from "./scripted_host.ts";

async function refuses(args: readonly string[], text: RegExp) {
  const plain = await runProgram(...args);
  assert.equal(plain.code, 1, args.join(" "));
  assert.equal(plain.stdout, "");
  assert.match(plain.stderr, text);
  const json = await runProgram(...args, "--json");
  assert.equal(json.code, 1);
  assert.equal(json.stderr, "");
  const { error } = JSON.parse(json.stdout);
  assert.equal(error.code, "invalid_argument");
}

Deno.test("version prints the versions of program, Deno and V8", async () => {
  const { deno, v8 } = Deno.version;
  const { version } = deno_json;
  assert.deepEqual(await runProgram("version"), {
    code: 0,
    stdout: `meta-machine ${version} (deno ${deno}, v8 ${v8})\n`,
    stderr: "",
  });
  assert.deepEqual(JSON.parse((await runProgram("version", "--json")).stdout), { version, deno, v8 });
  assert.equal((await runProgram("--version")).stdout, `${version}\n`);
});

Deno.test("runCli refuses an unknown command with a suggestion", () =>
  refuses(["statsu"], /unknown command 'statsu'\s+\(Did you mean status\?\)/));

Deno.test("runCli refuses an unknown option with a suggestion", () =>
  refuses(["status", "--hmoe", "x"], /unknown option '--hmoe'\s+\(Did you mean --home\?\)/));

Deno.test("runCli refuses a missing and an extra argument", async () => {
  await refuses(["reload"], /missing required argument 'api'/);
  await refuses(["reload", "a", "b"], /too many arguments/);
});

Deno.test("runCli refuses a log level that is none", () =>
  refuses(["version", "--log-level", "loud"], /Allowed are DEBUG, INFO/));

Deno.test("runCli takes a log level in any letters", async () => {
  assert.equal((await runProgram("version", "--log-level", "warning")).code, 0);
});

Deno.test("runCli without a command shows help on stderr and ends with 1", async () => {
  const ran = await runProgram();
  assert.equal(ran.code, 1);
  assert.equal(ran.stdout, "");
  assert.match(ran.stderr, /^Usage: meta-machine \[options\] \[command\]/);
  assert.equal(JSON.parse((await runProgram("--json")).stdout).error.message, "no command given");
});

Deno.test("help lists every command, and shows each with examples and the options of all", async () => {
  const { code, stdout } = await runProgram("help");
  assert.equal(code, 0);
  const commands = "init start stop status call tools logs events reload enable disable quarantine doctor version help";
  for (const name of commands.split(" ")) assert.match(stdout, new RegExp(`^  ${name} `, "m"));
  const call = await runProgram("help", "call");
  assert.match(call.stdout, /^Usage: meta-machine call \[options\] <api> <method> \[arg\.\.\.\]/);
  assert.match(call.stdout, /Examples:\n {2}deno task cli call database query/);
  assert.match(call.stdout, /--home <dir>/);
  assert.equal((await runProgram("call", "--help")).stdout, call.stdout);
  assert.match((await runProgram("help", "quarantine", "lift")).stdout, /^Usage: meta-machine quarantine lift/);
});

Deno.test("help refuses an unknown command with a suggestion", () =>
  refuses(["help", "evnets"], /unknown command 'evnets'\s+\(Did you mean events\?\)/));

Deno.test("quarantine alone shows what it can and ends with 1", async () => {
  const ran = await runProgram("quarantine");
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /lift/);
});

Deno.test("a slip in a command's arguments is answered with that command's help, and a home that is a file by name", async () => {
  assert.match(
    (await runProgram("backup")).stderr,
    /missing required argument 'dir'\nhint: 'help backup' shows what it takes/,
  );
  assert.match((await runProgram("--json", "logs", "--level")).stdout, /'help logs' shows what it takes/);
  const file = await Deno.makeTempFile();
  for (const command of ["start", "init"]) {
    const ran = await runProgram(command, "--home", file);
    assert.deepEqual([ran.code, ran.stderr.split("\n")[0]], [1, `${file} is not a folder`]);
  }
  await Deno.remove(file);
});
