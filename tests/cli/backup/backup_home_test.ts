import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { type Backup, backupHome, type BackupOrder } from "../../../kernel/cli/backup/backup_home.ts";
import type { Result } from "../../../kernel/contract/fault.ts";
import { writeFiles } from "../../flows/running_host.ts";
import { runProgram, withHome } from "../scripted_host.ts";

function backUp(home: string, target: string, more: Partial<BackupOrder> = {}): Promise<Result<Backup>> {
  const { signal } = new AbortController();
  return backupHome({ home, target, program: "/opt/program", version: "1.2.3", signal, progress: () => {}, ...more });
}

/** Runs `test` with a home and an empty folder beside it. */
function withPlaces(test: (home: string, place: string) => Promise<void>): Promise<void> {
  return withHome(async (folder) => {
    const root = await Deno.realPath(folder);
    await Deno.mkdir(`${root}/home`);
    await Deno.mkdir(`${root}/place`);
    await test(`${root}/home`, `${root}/place`);
  });
}

/** Every name below, with what it is. */
async function listed(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder + below)) {
    const path = `${below}/${name}`;
    if (isDirectory) found.push(`${path}/`, ...await listed(folder, path));
    else found.push(isSymlink ? `${path} -> ${await Deno.readLink(folder + path)}` : path);
  }
  return found.sort();
}

function messageOf(result: Result<unknown>): string {
  assert.ok(!result.ok);
  return result.fault.message;
}

Deno.test("backupHome copies what a home holds, without sockets, locks and caches", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, {
      "configs/meta.yml": "prog: kernel\n",
      "plugins/notes.ts": "export class Module {}\n",
      "plugins/.hidden": "too",
      "kernel/mine.ts": "x",
      "prompts/a.txt": "x",
      "runtime/files/notes/a.txt": "data",
      "runtime/logs/host.jsonl": "{}\n",
      "runtime/metacognition.jsonl": "{}\n",
      "runtime/run/lock": "1\n",
      "runtime/cache/modules/x": "x",
      "node_modules/x": "x",
      "README.md": "the owner's own",
    });
    await Deno.mkdir(`${home}/runtime/files/empty`);
    await Deno.symlink("notes.ts", `${home}/plugins/link.ts`);
    await Deno.symlink("/nowhere/at/all", `${home}/plugins/broken`);
    const made = await backUp(home, `${place}/b`);
    assert.ok(made.ok);
    assert.deepEqual(await listed(`${place}/b`), [
      "/backup.json",
      "/configs/",
      "/configs/meta.yml",
      "/kernel/",
      "/kernel/mine.ts",
      "/plugins/",
      "/plugins/.hidden",
      "/plugins/broken -> /nowhere/at/all",
      "/plugins/link.ts -> notes.ts",
      "/plugins/notes.ts",
      "/prompts/",
      "/prompts/a.txt",
      "/runtime/",
      "/runtime/files/",
      "/runtime/files/empty/",
      "/runtime/files/notes/",
      "/runtime/files/notes/a.txt",
      "/runtime/logs/",
      "/runtime/logs/host.jsonl",
      "/runtime/metacognition.jsonl",
    ]);
    assert.deepEqual([...Deno.readDirSync(place)].map(({ name }) => name), ["b"]);
  }));

Deno.test("backupHome writes a manifest with the size and the sum of each file", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/meta.yml": "prog: kernel\n", "runtime/files/a/b.txt": "hello" });
    using database = new DatabaseSync(`${home}/runtime/files/a/c.sqlite`);
    database.exec("pragma journal_mode = wal; create table t (x); insert into t values (1)");
    const before = new Date().toISOString();
    const made = await backUp(home, `${place}/b`);
    assert.ok(made.ok);
    const manifest = JSON.parse(await Deno.readTextFile(`${place}/b/backup.json`));
    assert.deepEqual(manifest, made.value.manifest);
    assert.equal(manifest.version, "1.2.3");
    assert.equal(manifest.home, home);
    assert.ok(manifest.time >= before);
    assert.deepEqual(
      manifest.files.map(({ path, how }: { path: string; how: string }) => `${how} ${path}`),
      ["copied configs/meta.yml", "copied runtime/files/a/b.txt", "sqlite runtime/files/a/c.sqlite"],
    );
    for (const { path, size, sha256 } of manifest.files) {
      const bytes = await Deno.readFile(`${place}/b/${path}`);
      assert.equal(bytes.length, size);
      assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
    }
    using copy = new DatabaseSync(`${place}/b/runtime/files/a/c.sqlite`);
    assert.equal(copy.prepare("select x from t").get()!.x, 1);
  }));

Deno.test("backupHome keeps modes, whatever the umask, and those of folders that nobody may write in", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "", "plugins/tool.sh": "x", "runtime/files/a/b.txt": "secret" });
    await Deno.chmod(home, 0o750);
    await Deno.chmod(`${home}/plugins/tool.sh`, 0o754);
    await Deno.chmod(`${home}/runtime/files/a/b.txt`, 0o600);
    await Deno.chmod(`${home}/configs`, 0o555);
    const made = await backUp(home, `${place}/b`);
    assert.ok(made.ok);
    const mode = async (path: string) => ((await Deno.stat(`${place}/b${path}`)).mode! & 0o7777).toString(8);
    assert.equal(await mode(""), "750");
    assert.equal(await mode("/plugins/tool.sh"), "754");
    assert.equal(await mode("/runtime/files/a/b.txt"), "600");
    assert.equal(await mode("/configs"), "555");
    await Deno.chmod(`${home}/configs`, 0o755);
    await Deno.chmod(`${place}/b/configs`, 0o755);
  }));

Deno.test("backupHome follows a part of the home that is a link, since the data is meant", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "" });
    await writeFiles(`${place}/disk`, { "notes/a.txt": "data" });
    await Deno.mkdir(`${home}/runtime`);
    await Deno.symlink(`${place}/disk`, `${home}/runtime/files`);
    const made = await backUp(home, `${place}/b`);
    assert.ok(made.ok);
    assert.ok((await Deno.lstat(`${place}/b/runtime/files`)).isDirectory);
    assert.equal(await Deno.readTextFile(`${place}/b/runtime/files/notes/a.txt`), "data");
  }));

Deno.test("backupHome of the program's own folder leaves the program out", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, {
      "configs/a.yml": "",
      "kernel/kernel.ts": "",
      "plugins/my_module.ts": "",
      "plugins/services/database/mod.ts": "",
      "plugins/mine.ts": "",
    });
    const made = await backUp(home, `${place}/b`, { program: home });
    assert.ok(made.ok);
    assert.deepEqual(made.value.manifest.files.map(({ path }) => path), ["configs/a.yml", "plugins/mine.ts"]);
  }));

Deno.test("backupHome takes a folder that is there and empty", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "" });
    assert.ok((await backUp(home, place)).ok);
    assert.ok((await Deno.stat(`${place}/configs/a.yml`)).isFile);
  }));

Deno.test("backupHome refuses a folder that is not empty, no folder, in the home, or below what is not there", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "" });
    await writeFiles(place, { "x/y": "", "file": "" });
    await Deno.symlink(home, `${place}/link`);
    assert.match(messageOf(await backUp(home, place)), /place is not empty$/);
    assert.match(messageOf(await backUp(home, `${place}/file`)), /file is no folder$/);
    assert.match(messageOf(await backUp(home, `${home}/backup`)), /lies inside the home/);
    assert.match(messageOf(await backUp(home, home)), /lies inside the home/);
    assert.match(messageOf(await backUp(home, `${place}/link/b`)), /lies inside the home/);
    assert.match(messageOf(await backUp(home, `${place}/link`)), /lies inside the home/);
    assert.match(messageOf(await backUp(home, `${place}/not/there`)), /place\/not is not there$/);
    assert.match(messageOf(await backUp(`${place}/not`, `${place}/b`)), /^there is nothing to back up in /);
    assert.deepEqual(await listed(place), ["/file", `/link -> ${home}`, "/x/", "/x/y"]);
  }));

Deno.test("backupHome that is interrupted leaves nothing behind", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "", "runtime/files/a/b.txt": "x".repeat(1_000_000) });
    const controller = new AbortController();
    const progress = ({ path, done_bytes }: { path: string; done_bytes: number }) => {
      if (path.endsWith("b.txt") && done_bytes > 0) controller.abort();
    };
    const made = await backUp(home, `${place}/b`, { signal: controller.signal, progress });
    assert.match(messageOf(made), /was interrupted$/);
    assert.deepEqual(await listed(place), []);
  }));

Deno.test("backupHome that fails names the file and leaves nothing behind", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "" });
    using database = new DatabaseSync(`${home}/configs/b.sqlite`);
    database.exec("pragma journal_mode = delete; create table t (x)");
    const progress = ({ path }: { path: string }) => {
      if (path === "configs/b.sqlite") Deno.removeSync(`${beside()}/configs`, { recursive: true }); // its disk went away
    };
    const beside = () => `${place}/${[...Deno.readDirSync(place)][0]!.name}`;
    assert.match(messageOf(await backUp(home, `${place}/b`, { progress })), /^Cannot back up configs\/b\.sqlite: /);
    assert.deepEqual(await listed(place), []);
  }));

Deno.test("backup says what it made, and JSON when asked", () =>
  withPlaces(async (home, place) => {
    await writeFiles(home, { "configs/a.yml": "", "runtime/files/a/b.txt": "hello" });
    const ran = await runProgram("backup", `${place}/b`, "--home", home);
    assert.match(ran.stdout, /^backed up \S+\/home into \S+\/place\/b: 2 files, 5 bytes, in \d+\.\d s\n$/);
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    const { time: _, ...said } = JSON.parse(
      (await runProgram("backup", `${place}/c`, "--home", home, "--json")).stdout,
    );
    assert.deepEqual(said, { home, folder: `${place}/c`, files: 2, bytes: 5 });
    const again = await runProgram("backup", `${place}/c`, "--home", home);
    assert.match(again.stderr, /c is not empty\nhint: /);
    assert.equal(again.code, 1);
  }));
