/** The program as one file, as a stand-in for a compiled binary: the same file, started with everything, far from its sources. */
import assert from "node:assert/strict";
import { fromFileUrl } from "@std/path";
import { Pieces } from "../../kernel/program/pieces.ts";
import { programCommand } from "../flows/program_command.ts";
import { RunningHost, until } from "../flows/running_host.ts";
import { runAgainst } from "./applicable.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");
const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "one" }));
const FILE = `${folder}/meta-machine.mjs`;
Deno.test.beforeAll(make);
Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));

async function make(): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--cached-only", "--quiet", `${ROOT}/kernel/vendor/bundle_main.ts`, FILE],
    cwd: ROOT,
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  for (const name of ["empty", "deno_dir", "home"]) await Deno.mkdir(`${folder}/${name}`);
}

/** Linux only: processes of the host, with all that names a file of theirs. */
function processes(home: string): { pid: string; line: string; files: string[] }[] {
  const found = [];
  for (const { name: pid } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const line = Deno.readTextFileSync(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
      if (!line.includes(FILE) || !line.includes(home)) continue;
      const open = [...Deno.readDirSync(`/proc/${pid}/fd`)].map(({ name }) =>
        Deno.readLinkSync(`/proc/${pid}/fd/${name}`)
      );
      const maps = Deno.readTextFileSync(`/proc/${pid}/maps`).split("\n").map((one) => one.split(/\s+/)[5] ?? "");
      found.push({ pid, line, files: [...open, ...maps] });
    } catch {
      // it has just ended
    }
  }
  return found;
}

Deno.test("the one file names nothing of the place where it was made", async () => {
  const pieces = new Pieces(FILE);
  for (const name of pieces.names()) assert.ok(!(await pieces.text(name)).includes(ROOT), name);
  pieces.close();
  assert.ok(!(await Deno.readTextFile(FILE)).includes(ROOT));
});

Deno.test("from an empty folder, with nothing fetched, the one file is the whole program", async (t) => {
  const env = { DENO_DIR: `${folder}/deno_dir` };
  const { executable, args } = programCommand(FILE);
  const made = await new Deno.Command(executable, { args: [...args, "init", "--home", `${folder}/home`], env })
    .output();
  assert.equal(made.code, 0, new TextDecoder().decode(made.stderr));
  const meta = `${folder}/home/configs/meta.yml`;
  await Deno.writeTextFile(meta, (await Deno.readTextFile(meta)).replace("warm_cells: 0", "warm_cells: 1"));
  await using host = await RunningHost.startIn(`${folder}/home`, { env, program: FILE, cwd: `${folder}/empty` });
  const states = async () => (await host.status()).modules.map(({ api, state }) => `${api} ${state}`).sort();

  await t.step("its home has the shipped configs, and the shipped modules run", async () => {
    assert.deepEqual(await states(), [
      ...["database running", "filesystem running", "http sleeping", "my_module running", "tasks/rl_trainer running"],
    ]);
    assert.deepEqual(await host.call("my_module", "echo", { a: 1 }), { a: 1 });
    assert.deepEqual(await host.call("database", "query", "select 1 n"), [{ n: 1 }]);
    await host.call("filesystem", "write_file", "a.txt", "text");
    assert.deepEqual(await host.call("filesystem", "read_file", "a.txt"), { content: "text" });
  });

  await t.step("a module of the home's own gets its packages, and runs in a cell that waited for it", async () => {
    if (Deno.build.os === "linux") {
      const waiting = () => processes(host.home).some(({ line }) => line.includes('"@warm~'));
      await until(waiting, 20_000, () => "no cell waits");
    }
    await host.write({
      "plugins/rows.ts": `import { Kysely } from "kysely"; import { z } from "zod"; import { parse } from "yaml";
        export class Module { ask() { return [typeof Kysely, z.string().safeParse(1).success, parse("a: 1")]; } }`,
      "configs/rows.yml": "grants: {packages: [kysely, zod, yaml]}\n",
    });
    await until(async () => (await states()).includes("rows running"), 20_000, () => host.stderr);
    assert.deepEqual(await host.call("rows", "ask"), ["function", false, { a: 1 }]);
  });

  await t.step("a kernel of the home's own takes over, and gives back", async () => {
    const lead = (config: string) =>
      until(async () => (await host.status()).kernel.config === config, 20_000, () => host.stderr);
    await host.write({
      "kernel/own.ts": `import { Kernel as Shipped } from "meta-machine/kernel"; import { said } from "./said.ts";
        export class Kernel extends Shipped { constructor(setup: any) { super(setup); setup.log.info(said); } }`,
      "kernel/said.ts": `export const said: string = "a kernel of one's own";\n`,
      "configs/meta-v2.yml": "prog: own\n",
    });
    await lead("meta-v2.yml");
    assert.match(host.stderr, /a kernel of one's own/);
    await Deno.remove(`${host.home}/configs/meta-v2.yml`);
    await lead("meta.yml");
    assert.deepEqual(await host.call("my_module", "echo", { a: 2 }), { a: 2 });
  });

  await t.step("doctor, logs, plugin new, check and test work", async () => {
    const clean = async (...args: string[]) => {
      const { code, out, err } = await host.cli(...args);
      assert.equal(code, 0, `${args.join(" ")}: ${out}${err}`);
      return out + err;
    };
    assert.match(await clean("doctor"), /meta-machine\.mjs: everything is inside/);
    assert.match(await clean("logs", "my_module"), /Initialized/);
    await clean("plugin", "new", "notes");
    assert.match(await clean("plugin", "check", "notes"), /notes_add[^]*types are not checked/);
    assert.match(await clean("plugin", "test", "notes"), /3 passed/);
  });

  await t.step("no process names, maps or holds anything of the sources", () => {
    if (Deno.build.os !== "linux") return;
    const found = processes(host.home);
    assert.ok(found.length >= 4, `${found.length} processes`);
    for (const { pid, line, files } of found) {
      assert.deepEqual([line, ...files].filter((one) => one.includes(ROOT)), [], `process ${pid}`);
    }
  });

  await t.step("stop ends all of it, and nothing was written beside", async () => {
    assert.equal((await host.cli("stop")).code, 0);
    assert.equal((await host.ended).code, 0);
    if (Deno.build.os === "linux") {
      await until(() => processes(host.home).length === 0, 5_000, () => JSON.stringify(processes(host.home)));
    }
    assert.deepEqual([...Deno.readDirSync(`${folder}/empty`)], []);
  });
});

Deno.test("flows and hostile modules fare with the one file as with the sources", async () => {
  const files = ["flows/crash", "flows/rich_calls", "hostile/no_grants", "hostile/families/reading", "hostile/exits"];
  const { ok, passed, said } = await runAgainst(FILE, files.map((name) => `${ROOT}/tests/${name}_test.ts`));
  assert.ok(ok && passed >= 8, `${passed} passed\n${said}`);
});

Deno.test("the one file approves no package, which it could not bundle, and says what does", async () => {
  const { executable, args } = programCommand(FILE);
  const { code, stderr } = await new Deno.Command(executable, {
    args: [...args, "packages", "approve", "5e0c12a9", "--home", `${folder}/empty`],
  }).output();
  assert.equal(code, 1);
  assert.match(
    new TextDecoder().decode(stderr),
    /a program in one file has no bundler\nhint: approve it with the program's sources/,
  );
});
