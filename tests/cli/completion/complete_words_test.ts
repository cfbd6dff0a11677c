import assert from "node:assert/strict";
import { type AskNames, completeWords } from "../../../kernel/cli/completion/complete_words.ts";
import { declareProgram } from "../../../kernel/cli/declare_program.ts";

const PROGRAM = declareProgram(() => Promise.resolve(), { answer: () => {}, note: () => {} });

async function complete(...words: string[]): Promise<string[]> {
  const names = (...values: string[]) => values.map((value) => ({ value, description: "" }));
  const ask: AskNames = {
    apis: (home) => Promise.resolve(names("notes", "tasks/one", ...home === undefined ? [] : [`at-${home}`])),
    methods: (_, api) => Promise.resolve(names(`${api}-add`, `${api}-list`)),
  };
  return (await completeWords(PROGRAM, words, ask)).map(({ value }) => value);
}

Deno.test("completeWords knows every command, and those of a group", async () => {
  assert.deepEqual((await complete("")).sort(), PROGRAM.commands.map((command) => command.name()).sort());
  assert.deepEqual(await complete("st"), ["start", "stop", "status", "state"]);
  assert.deepEqual(await complete("plugin", ""), ["new", "add", "check", "test", "dev"]);
  assert.deepEqual(await complete("grants", ""), ["show", "diff", "allow"]);
  assert.deepEqual(await complete("--json", "quarantine", ""), ["lift"]);
});

Deno.test("completeWords knows options of the command and those of the program", async () => {
  assert.deepEqual(await complete("logs", "--"), [
    "--follow",
    "--lines",
    "--since",
    "--grep",
    "--level",
    "--home",
    "--json",
    "--log-level",
    "--version",
    "--help",
  ]);
  assert.deepEqual(await complete("plugin", "test", "--c"), ["--coverage"]);
  assert.deepEqual(await complete("--log-level", "W"), ["WARNING"]);
  assert.deepEqual(await complete("call", "notes", "add", "--aspect", ""), ["default", "tool"]);
});

Deno.test("completeWords asks the host for apis and methods where one stands", async () => {
  for (const command of ["status", "call", "tools", "logs", "reload", "enable", "disable"]) {
    assert.deepEqual(await complete(command, "t"), ["tasks/one"], command);
  }
  assert.deepEqual(await complete("quarantine", "lift", ""), ["notes", "tasks/one"]);
  for (const name of ["show", "diff", "allow"]) assert.deepEqual(await complete("grants", name, "t"), ["tasks/one"]);
  assert.deepEqual(await complete("state", "drop", ""), ["notes", "tasks/one"]);
  assert.deepEqual(await complete("events", "no"), ["notes"]);
  assert.deepEqual(await complete("plugin", "dev", "no"), ["notes"]);
  assert.deepEqual(await complete("call", "tasks/one", ""), ["tasks/one-add", "tasks/one-list"]);
  assert.deepEqual(await complete("call", "tasks/one", "tasks/one-l"), ["tasks/one-list"]);
  assert.deepEqual(await complete("status", "notes", ""), []);
  assert.deepEqual(await complete("call", "notes", "add", ""), []);
});

Deno.test("completeWords asks the host of the home that was named", async () => {
  assert.deepEqual(await complete("--home", "h", "status", "at"), ["at-h"]);
  assert.deepEqual(await complete("status", "--home=h", "at"), ["at-h"]);
});

Deno.test("completeWords leaves files, free texts and everything behind -- to others", async () => {
  assert.deepEqual(await complete("--home", ""), []);
  assert.deepEqual(await complete("plugin", "new", ""), []);
  assert.deepEqual(await complete("call", "notes", "--", ""), []);
  assert.deepEqual(await complete("nonsense", ""), []);
});

Deno.test("completeWords knows commands behind help, and shells", async () => {
  assert.deepEqual(await complete("help", "plug"), ["plugin"]);
  assert.deepEqual(await complete("help", "plugin", "c"), ["check"]);
  assert.deepEqual(await complete("completion", ""), ["bash", "zsh", "fish"]);
});
