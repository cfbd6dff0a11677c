/** The guide for module authors, done as it says: its files are written into a home, its commands are typed on a running host. */
import assert from "node:assert/strict";
import { RunningHost } from "../flows/running_host.ts";
import { codeBlocks, filesOf, PROGRAM, readPage } from "./code_blocks.ts";
import { argumentsOf, assertShown, type Step, steps } from "./transcript.ts";

/** How long a change may take to show on a busy machine. */
const SHOWS_MS = 15_000;
/** Commands whose answer may be asked for until it is the expected one. */
const CHANGING = ["logs", "status", "tools", "events"];

for (const page of ["README.md", "docs/plugins.md"]) {
  Deno.test(`every example of ${page} works as it stands`, async () => {
    const blocks = codeBlocks(readPage(page));
    await using host = await RunningHost.start({ ...SERVICES, ...filesOf(blocks) });
    const shown = blocks.filter(({ language }) => language === "console").flatMap(steps);
    assert.ok(shown.length > 0, `${page} shows no command`);
    let changed = true; // at first, modules are still coming up
    for (const step of shown) {
      const args = await argumentsOf(step.command);
      if (args === undefined) await shell(host, step);
      else await typed(host, args, step, page, changed || CHANGING.includes(args[0]!));
      changed = args === undefined;
    }
  });

  Deno.test(`every module of ${page} passes the type checker`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "d" });
    try {
      const files = Object.entries(filesOf(codeBlocks(readPage(page))));
      const entries: string[] = [];
      for (const [path, text] of files) {
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

/** What a home has from the start and the guide leans on. */
const SERVICES = Object.fromEntries(
  ["database", "filesystem"].map((name) => [`configs/services/${name}.yml`, readPage(`configs/services/${name}.yml`)]),
);

async function shell(host: RunningHost, { command, expected, line }: Step): Promise<void> {
  const { code } = await new Deno.Command("sh", { args: ["-c", command], cwd: host.home }).output();
  assert.equal(code, 0, `line ${line}: ${command}`);
  assert.equal(expected, "", `line ${line}: nothing is expected of '${command}'`);
}

/** After a change the answer is asked for until it is the new one; else the first answer counts. */
async function typed(host: RunningHost, args: string[], step: Step, page: string, changed: boolean): Promise<void> {
  const deadline = performance.now() + (changed ? SHOWS_MS : 0);
  for (;;) {
    const { out, err } = await host.cli(...args);
    try {
      return assertShown(out + err, step, page);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
