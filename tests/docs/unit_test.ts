/** The systemd unit of the operator's page, read by systemd itself where that is installed. */
import assert from "node:assert/strict";
import { codeBlocks, PROGRAM, readPage } from "./code_blocks.ts";

const UNIT = codeBlocks(readPage("docs/operations.md")).find(({ language }) => language === "ini")!.text;

async function hasSystemd(): Promise<boolean> {
  try {
    return (await new Deno.Command("systemd-analyze", { args: ["--version"], stdout: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** With an executable and a folder that are there on this machine. */
async function verify(...args: string[]): Promise<{ code: number; text: string }> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/meta-machine.service`;
  await Deno.writeTextFile(
    file,
    UNIT.replaceAll("/usr/local/bin/deno", Deno.execPath()).replaceAll("/opt/meta-machine", PROGRAM),
  );
  const { code, stdout, stderr } = await new Deno.Command("systemd-analyze", { args: [...args, file] }).output();
  await Deno.remove(folder, { recursive: true });
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test({
  name: "systemd takes the unit without a word",
  ignore: !await hasSystemd(),
  fn: async () => assert.deepEqual(await verify("verify", "--man=no"), { code: 0, text: "" }),
});

Deno.test({
  name: "systemd finds the unit well hardened",
  ignore: !await hasSystemd(),
  fn: async () => {
    const { text } = await verify("security", "--offline=true", "--no-pager");
    const exposure = Number(/Overall exposure level for [^:]+: ([\d.]+)/.exec(text)?.[1]);
    assert.ok(exposure < 2.5, text);
  },
});

Deno.test("the unit starts the program as deno task start does", () => {
  const { tasks } = JSON.parse(readPage("deno.json"));
  const flags = (command: string) => /\bdeno (run -A .*) main\.ts start/.exec(command)?.[1];
  const exec = /^ExecStart=(.*)$/m.exec(UNIT)![1]!;
  assert.equal(flags(exec), flags(tasks.start.command));
  for (const [setting] of tasks.start.command.matchAll(/\bMALLOC_\w+=\d+/g)) assert.ok(UNIT.includes(setting), setting);
});
