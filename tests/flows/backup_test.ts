/** A backup is made while modules write, and a restore is a start from it. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { RunningHost } from "./running_host.ts";

const WRITER = `
export class Module {
  #kernel; #saved = 0;
  constructor(kernel) { this.#kernel = kernel; }
  async run(signal) {
    const database = this.#kernel.getApi("database");
    const files = this.#kernel.getApi("filesystem");
    await database.execute("create table if not exists rows (n integer primary key, text text)");
    for (let n = 1; !signal.aborted; n++) {
      await database.execute("insert into rows (text) values (?)", ["x".repeat(1000)]);
      await files.write_file("last.txt", "row " + n);
      this.#saved = n;
    }
  }
  saved() { return this.#saved; }
}
`;

Deno.test("a backup under load has every acknowledged row, and a host starts from it", async () => {
  const place = await Deno.realPath(await Deno.makeTempDir({ prefix: "b" }));
  try {
    const made = await Deno.makeTempDir({ prefix: "h" });
    await using host = await RunningHost.startIn(made);
    await host.write({
      "plugins/writer.ts": WRITER,
      "configs/writer.yml": "grants: {services: [database, filesystem]}\n",
    });
    const saved = () => host.call<number>("writer", "saved");
    while (await saved().catch(() => 0) < 50);
    const before = await saved();
    const { folder } = await host.json<{ folder: string }>("backup", `${place}/copy`);
    assert.ok(await saved() > before, "nothing was written meanwhile: the test shows nothing");

    const file = `${folder}/runtime/files/database/database.sqlite`;
    const count = countRows(file);
    assert.ok(count >= before, `${before} rows were acknowledged, the copy has ${count}`);
    const last = await Deno.readTextFile(`${folder}/runtime/files/writer/last.txt`);
    assert.match(last, /^row \d+$/);
    assert.ok(Number(last.slice(4)) >= before);

    await using restored = await RunningHost.startIn(folder);
    const [found] = await restored.call<{ rows: number }[]>(
      "database",
      "query",
      "select count(*) as rows from rows where n <= ?",
      [count],
    );
    assert.equal(found!.rows, count);
    const states = (await restored.status()).modules.map(({ api, state }) => `${api} ${state}`);
    assert.deepEqual(states, [
      "database running",
      "filesystem running",
      "http sleeping",
      "my_module running",
      "tasks/rl_trainer running",
      "writer running",
    ]);
    assert.ok((await restored.events()).some(({ kind, api }) => kind === "module.ready" && api === "writer"));
    assert.equal((await restored.cli("doctor")).code, 0);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});

function countRows(file: string): number {
  const database = new DatabaseSync(file);
  try {
    assert.equal(database.prepare("pragma integrity_check").get()!.integrity_check, "ok");
    const { rows, last } = database.prepare("select count(*) as rows, max(n) as last from rows").get() as Record<
      string,
      number
    >;
    assert.equal(rows, last, "a row is missing in the middle");
    return rows!;
  } finally {
    database.close();
  }
}
