/** `deno task demo` as a process: what it tells, how it ends, and what it leaves. */
import assert from "node:assert/strict";
import { codeBlocks, readPage } from "../docs/code_blocks.ts";
import { shownPattern } from "../docs/transcript.ts";
import { parseOptions } from "./options.ts";
import { render } from "./told.ts";
import { WAYS } from "./ways.ts";

const MAIN = new URL("./main.ts", import.meta.url).pathname;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly home: string;
}

/** In a folder of temporary files of its own, by which its processes are told. `on_output` is called with what was said so far. */
async function runDemo(
  args: readonly string[],
  on_output: (out: string, pid: number) => void = () => {},
): Promise<Ended & AsyncDisposable> {
  const folder = await Deno.makeTempDir({ prefix: "d" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--cached-only", "--no-check", "--quiet", MAIN, ...args],
    env: { TMPDIR: folder },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaints = new Response(child.stderr).text();
  let out = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) on_output(out += text, child.pid);
  const { code } = await child.status;
  const home = /starts in (\S+)/.exec(out)?.[1] ?? "";
  assert.ok(home === "" || home.startsWith(folder));
  assert.deepEqual(processesIn(folder), [], "no process outlives the demo");
  return {
    ...{ code, out, err: await complaints, home },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Where there is no /proc, tests/run.ts looks in vain too. */
function processesIn(folder: string): string[] {
  if (Deno.build.os !== "linux") return [];
  const lines = [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).map(({ name }) => {
    try {
      return Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ");
    } catch {
      return ""; // it has just ended
    }
  });
  return lines.filter((line) => line.includes(folder));
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

Deno.test("the demo tells the story by all ways, in plain text where no terminal is, and leaves no process and no home", async () => {
  let while_it_ran = 0;
  await using demo = await runDemo([], (out) => {
    if (out.includes("asks the operator")) while_it_ran ||= processesIn(/starts in (\S+)/.exec(out)![1]!).length;
  });
  assert.equal(demo.code, 0, demo.err);
  assert.ok(while_it_ran > 1 || Deno.build.os !== "linux", "the processes that are looked for can be seen");
  assert.ok(!isThere(demo.home));
  assert.ok(!demo.out.includes("\x1b"));
  const stories = demo.out.split("By way of ").slice(1);
  assert.deepEqual(stories.map((story) => /^\w+/.exec(story)![0]), WAYS.map(({ name }) => name));
  const called = /function filesystem_read_file \{"path":"plan.txt"\}/;
  const wire = [/```tool\n +\{call: filesystem_read_file/, called, called];
  stories.forEach((story, i) => {
    const inOrder = [
      /person +What is to do\?/,
      wire[i]!,
      /Buy tea, then bread\./,
      /answer.{1,8}42/,
      /asks the operator: may console call notes_add/,
      /operator +yes, this once\n +\$ deno task cli approve \w+/,
      /noted/,
      /is told: Tea, then bread/,
      /@console: tea and bread/,
    ].map((pattern) => story.search(pattern));
    assert.ok(inOrder.every((at, j) => at >= 0 && at > (inOrder[j - 1] ?? -1)), `${inOrder}\n${story}`);
  });
  const shown = codeBlocks(readPage("README.md")).find(({ language }) => language === "text")!;
  assert.match(demo.out, new RegExp(shownPattern(shown.text)), "README shows what it tells");
  assert.match(demo.out, /The same answer, the same note, one yes each: by bracket and by native and by mcp\.\n$/);
});

Deno.test("the demo plays one way, and keeps the home where it is told to", async () => {
  await using demo = await runDemo(["--way", "native", "--keep"]);
  assert.equal(demo.code, 0, demo.err);
  assert.doesNotMatch(demo.out, /```tool/);
  assert.ok(demo.out.endsWith(`The story went as it should.\nThe home is kept: ${demo.home}\n`), demo.out);
  assert.ok(isThere(`${demo.home}/configs`));
});

for (const moment of ["starts in", "host      runs", "asks the operator"]) {
  Deno.test(`the demo ends in order when it is interrupted after '${moment}'`, async () => {
    let sent = false;
    await using demo = await runDemo([], (out, pid) => {
      if (sent || !out.includes(moment)) return;
      sent = true;
      Deno.kill(pid, "SIGINT");
    });
    assert.equal(demo.code, 130, demo.err);
    assert.match(demo.err, /^ended before the end of the story; the host is stopped\n$/);
    assert.ok(!isThere(demo.home));
  });
}

Deno.test("the demo refuses an unknown way or option, and says what works", async () => {
  await using demo = await runDemo(["--way", "smoke"]);
  assert.deepEqual([demo.code, demo.out], [2, ""]);
  assert.match(
    demo.err,
    /^there is no way 'smoke'\nwhat works: deno task demo \[--way bracket\|native\|mcp\|all\] \[--keep\]/,
  );
  assert.throws(() => parseOptions(["--loud"]), /what works: deno task demo/);
  assert.deepEqual(parseOptions([]), { ways: WAYS, keep: false });
});

Deno.test("the demo is coloured where that is wanted", () => {
  const told = { kind: "answered", text: "hello" } as const;
  assert.equal(render(told, false), "person    is told: hello");
  assert.equal(render(told, true), "\x1b[32mperson   \x1b[0m is told: hello");
});
