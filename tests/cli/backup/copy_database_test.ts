import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { copyDatabase } from "../../../kernel/cli/backup/copy_database.ts";
import { withHome } from "../scripted_host.ts";

const WRITER = new URL("./write_rows.ts", import.meta.url).pathname;
const OPTIONS = { mode: 0o640, progress: () => {} };

/** Runs `test` while another process writes rows; `acknowledged` is the last row it has said to be safe. */
async function underLoad(file: string, mode: string, test: (acknowledged: () => number) => Promise<void>) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", WRITER, file, mode],
    stdout: "piped",
  }).spawn();
  let last = 0;
  const reading = (async () => {
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (text + chunk).split("\n");
      text = lines.pop()!;
      if (lines.length > 0) last = Number(lines.at(-1));
    }
  })();
  try {
    while (last < 300) await new Promise((resolve) => setTimeout(resolve, 10));
    await test(() => last);
  } finally {
    child.kill("SIGKILL");
    await child.status;
    await reading;
  }
}

function rowsOf(file: string): { count: number; last: number; sound: unknown } {
  using database = new DatabaseSync(file);
  const { count, last } = database.prepare("select count(*) count, max(n) last from rows").get() as Record<
    string,
    number
  >;
  const { integrity_check } = database.prepare("pragma integrity_check").get() as { integrity_check: string };
  return { count: count!, last: last!, sound: integrity_check };
}

for (const mode of ["wal", "delete"]) {
  Deno.test(`copyDatabase takes a prefix of the rows while another process writes them (${mode})`, () =>
    withHome((folder) =>
      underLoad(`${folder}/a.sqlite`, mode, async (acknowledged) => {
        const before = acknowledged();
        const copied = await copyDatabase(`${folder}/a.sqlite`, `${folder}/b.sqlite`, OPTIONS);
        assert.equal(copied?.size, (await Deno.stat(`${folder}/b.sqlite`)).size);
        const { count, last, sound } = rowsOf(`${folder}/b.sqlite`);
        assert.equal(sound, "ok");
        assert.equal(count, last, "a row is missing in the middle");
        assert.ok(count >= before, `${before} rows were safe, the copy has ${count}`);
        const later = acknowledged();
        while (acknowledged() === later) await new Promise((resolve) => setTimeout(resolve, 5));
      })
    ));
}

Deno.test("copyDatabase reads what a killed writer left in its log", () =>
  withHome(async (folder) => {
    let acknowledged = 0;
    await underLoad(`${folder}/a.sqlite`, "wal", (last) => Promise.resolve(void (acknowledged = last())));
    assert.ok((await Deno.stat(`${folder}/a.sqlite-wal`)).size > 0);
    await copyDatabase(`${folder}/a.sqlite`, `${folder}/b.sqlite`, OPTIONS);
    assert.ok(rowsOf(`${folder}/b.sqlite`).count >= acknowledged);
  }));

Deno.test("copyDatabase undoes what a killed writer had half-written", () =>
  withHome(async (folder) => {
    const writer = new DatabaseSync(`${folder}/live.sqlite`);
    writer.exec(
      "pragma journal_mode = delete; pragma cache_size = 1; create table rows (n integer primary key, text text)",
    );
    writer.exec("insert into rows (text) values ('kept')");
    writer.exec("begin");
    const insert = writer.prepare("insert into rows (text) values (?)");
    for (let n = 0; n < 500; n++) insert.run("y".repeat(400)); // more than its cache holds: some pages are written already
    // What a kill in this moment leaves behind.
    await Deno.copyFile(`${folder}/live.sqlite`, `${folder}/a.sqlite`);
    await Deno.copyFile(`${folder}/live.sqlite-journal`, `${folder}/a.sqlite-journal`);
    writer.exec("rollback");
    writer.close();
    await copyDatabase(`${folder}/a.sqlite`, `${folder}/b.sqlite`, OPTIONS);
    assert.deepEqual(rowsOf(`${folder}/b.sqlite`), { count: 1, last: 1, sound: "ok" });
  }));

Deno.test("copyDatabase gives up on a file that only begins like a database, and leaves nothing", () =>
  withHome(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.sqlite`, "SQLite format 3\0" + "no page ".repeat(200));
    assert.equal(await copyDatabase(`${folder}/a.sqlite`, `${folder}/b.sqlite`, OPTIONS), undefined);
    await assert.rejects(Deno.stat(`${folder}/b.sqlite`), Deno.errors.NotFound);
  }));

Deno.test("copyDatabase copies a store of Deno.openKv that is open", () =>
  withHome(async (folder) => {
    using kv = await Deno.openKv(`${folder}/image.kv`);
    await kv.set(["a"], 1);
    await copyDatabase(`${folder}/image.kv`, `${folder}/copy.kv`, OPTIONS);
    await kv.set(["a"], 2);
    using copy = await Deno.openKv(`${folder}/copy.kv`);
    assert.equal((await copy.get(["a"])).value, 1);
  }));
