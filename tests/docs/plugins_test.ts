/** The guide for module authors, done as it says, from top to bottom in a fresh home: its files are written, its commands typed, while a host runs. */
import assert from "node:assert/strict";
import { moduleFiles } from "../../kernel/workbench/mod.ts";
import { DevSession } from "../flows/dev_session.ts";
import { RunningHost, until } from "../flows/running_host.ts";
import { type CodeBlock, codeBlocks, filesOf, PROGRAM, readPage } from "./code_blocks.ts";
import { argumentsOf, assertShown, session, shownPattern, type Step, steps } from "./transcript.ts";

/** How long a change may take to show on a busy machine. */
const SHOWS_MS = 15_000;
/** Commands whose answer may be asked for until it is the expected one. */
const CHANGING = ["call", "logs", "status", "tools", "events"];

for (const page of ["README.md", "docs/plugins.md"]) {
  Deno.test(`every example of ${page} works as it stands`, async () => {
    const blocks = codeBlocks(readPage(page));
    await using host = await RunningHost.startIn(await Deno.makeTempDir({ prefix: "h" }));
    let commands = 0;
    for (const block of blocks) {
      if (block.file !== "") await save(host, block);
      if (block.language !== "console") continue;
      for (const step of steps(block)) await take(host, step, page);
      commands += steps(block).length;
    }
    assert.ok(commands > 0, `${page} shows no command`);
  });

  Deno.test(`every module of ${page} passes the type checker`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "d" });
    try {
      const entries: string[] = [];
      for (const [path, text] of Object.entries(filesOf(codeBlocks(readPage(page))))) {
        await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
        await Deno.writeTextFile(`${folder}/${path}`, text);
        if (path.endsWith(".ts") && !path.endsWith("wisher.ts")) entries.push(`${folder}/${path}`);
      }
      const args = ["check", "--quiet", "--cached-only", `--config=${PROGRAM}/deno.json`, ...entries];
      const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, env: { NO_COLOR: "1" } }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("the guide shows what plugin new writes", () => {
  const blocks = codeBlocks(readPage("docs/plugins.md"));
  const written = moduleFiles({ name: "shopping", shape: "ts" });
  const first = (file: string): CodeBlock | undefined => blocks.find((block) => block.file === file);
  for (const file of ["plugins/shopping.ts", "configs/shopping.yml"]) {
    assert.equal(first(file)?.text, written.get(file), `docs/plugins.md shows another ${file}`);
  }
});

/** As an editor would. What a new config claims is waited for, as a person would who reads on. */
async function save(host: RunningHost, { file, text }: CodeBlock): Promise<void> {
  await host.write({ [file]: text });
  const claimed = async () => (await host.status()).modules.find(({ config }) => config === file)?.state;
  if (!/^configs\/.+\.yml$/.test(file) || file === "configs/principals.yml") return; // of principals no status is shown
  await until(async () => !["starting", undefined].includes(await claimed()), SHOWS_MS, () => `${file} was not taken`);
}

async function take(host: RunningHost, step: Step, page: string): Promise<void> {
  const args = await argumentsOf(step.command);
  if (args === undefined) return await shell(host, step);
  if (args[0] === "plugin" && args[1] === "dev") return await dev(host, args[2]!, step, page);
  await typed(host, args, step, page);
}

async function shell(host: RunningHost, { command, expected, line }: Step): Promise<void> {
  const { code } = await new Deno.Command("sh", { args: ["-c", command], cwd: host.home }).output();
  assert.equal(code, 0, `line ${line}: ${command}`);
  assert.equal(expected, "", `line ${line}: nothing is expected of '${command}'`);
}

/** A change shows within a second: until then the answer is the former one. A call that was answered as the page says is not made again. */
async function typed(host: RunningHost, args: string[], step: Step, page: string): Promise<void> {
  const deadline = performance.now() + (CHANGING.includes(args[0]!) ? SHOWS_MS : 0);
  for (;;) {
    const { out, err } = await host.cli(...args);
    try {
      return assertShown(out + err, step, page);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

/** Each line is typed when what stands above it has been shown. */
async function dev(host: RunningHost, named: string, step: Step, page: string): Promise<void> {
  const { first, turns } = session(step);
  await using open = new DevSession(host.home, named);
  try {
    await open.shows(new RegExp(`^${shownPattern(first)}`));
    for (const { typed, expected } of turns) {
      const before = open.shown.length;
      await open.type(typed);
      await open.shows(new RegExp(`^[^]{${before}}${shownPattern(expected)}`));
    }
  } catch (error) {
    throw new Error(`${page}:${step.line}: $ ${step.command}\n${(error as Error).message}`);
  }
  assert.equal(await open.ends(), 0, open.shown);
}
