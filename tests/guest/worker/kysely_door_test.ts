/** `meta-machine/kysely` as a module has it: vetted, bundled, in a sealed Worker, with a service that the test plays. */
import assert from "node:assert/strict";
import { vetModule } from "../../../kernel/guest/vet/mod.ts";
import { DOOR_TEXTS, LIBRARIES } from "../../../libs/mod.ts";
import { payloadOf, reply, startWorker } from "./start_worker.ts";

const MODULE = `import { type Kernel, FaultError } from "meta-machine";
import { type Generated, migrate, openKysely, sql } from "meta-machine/kysely";

interface Schema { notes: { id: Generated<number>; text: string } }

export class Module {
  #db;
  constructor(kernel: Kernel) { this.#db = openKysely<Schema>(kernel.getApi("database")); }
  async list() { return await this.#db.selectFrom("notes").selectAll().where("text", "=", "x").execute(); }
  async add(fail: boolean) {
    return await this.#db.transaction().execute(async (trx) => {
      await trx.insertInto("notes").values({ text: "x" }).execute();
      if (fail) throw new RangeError("no");
      return (await sql<{ n: number }>\`select \${1} as n\`.execute(trx)).rows;
    });
  }
  async refused() {
    return await this.#db.deleteFrom("notes").execute().catch((error) => [error instanceof FaultError, error.code]);
  }
  wrong() { return migrate({ getExecutor: () => ({ adapter: {} }) } as never, {}); }
}
`;

async function start(dialect: string) {
  const vetted = await vetModule({
    api: "notes",
    entry: "notes.ts",
    files: [{ path: "notes.ts", text: MODULE }],
    packages: ["kysely"],
    builtins: [],
  });
  assert.ok(vetted.ok, vetted.ok ? "" : vetted.fault.message);
  const door = "meta-machine/kysely";
  const worker = await startWorker("", {
    raw: vetted.value.code,
    libraries: [["kysely", await LIBRARIES["kysely"]!()], [door, await DOOR_TEXTS[door]!()]],
  });
  const asked: unknown[][] = [];
  worker.onCall = (call, args) => {
    asked.push([call.name, ...args as unknown[]]);
    const answer = (value: unknown) => reply(call, value as never);
    if (call.name === "about") return answer({ dialect, caller: "notes" });
    if (call.name === "session_open") return answer({ id: "s1" });
    if (call.name === "query") return answer([{ id: 1, text: "x" }]);
    if (call.name === "session_run") return answer({ changes: 1, lastInsertRowid: 7, rows: [{ n: 1 }] });
    if (call.name === "session_close") return answer(undefined);
    const fault = { code: "denied", message: "no", hint: "", retriable: false, maybe_ran: false };
    return { t: "reply", id: call.id, ok: false, live: true, code: "denied", payload: payloadOf(fault) };
  };
  return { worker, asked };
}

Deno.test("openKysely speaks to the service over a handle, outside of transactions one call a query", async () => {
  const { worker, asked } = await start("sqlite");
  await using _ = worker;
  assert.deepEqual(await worker.value("list"), [{ id: 1, text: "x" }]);
  assert.deepEqual(asked, [["about"], ["query", 'select * from "notes" where "text" = ?', ["x"]]]);
  assert.deepEqual(await worker.value("refused"), [true, "denied"]);
  assert.deepEqual(asked.at(-1), ["execute", 'delete from "notes"', []]);
});

Deno.test("openKysely writes for PostgreSQL when the service says that it is one", async () => {
  const { worker, asked } = await start("postgres");
  await using _ = worker;
  await worker.value("list");
  assert.deepEqual(asked[1], ["query", 'select * from "notes" where "text" = $1', ["x"]]);
});

Deno.test("openKysely ends a transaction's session, by commit or by rollback", async () => {
  const { worker, asked } = await start("sqlite");
  await using _ = worker;
  assert.deepEqual(await worker.value("add", [false]), [{ n: 1 }]);
  assert.deepEqual(asked, [
    ["about"],
    ["session_open", "write", { isolation: undefined }],
    ["session_run", "s1", 'insert into "notes" ("text") values (?)', ["x"]],
    ["session_run", "s1", "select ? as n", [1]],
    ["session_close", "s1", "commit"],
  ]);
  const failed = await worker.call("add", [true]);
  assert.equal(failed.ok, false);
  assert.deepEqual(asked.slice(5).map(([name, , how]) => [name, how]), [
    ...[["session_open", { isolation: undefined }]],
    ...[["session_run", 'insert into "notes" ("text") values (?)'], ["session_close", "rollback"]],
  ]);
});

Deno.test("migrate refuses a Kysely that openKysely did not give", async () => {
  const { worker } = await start("sqlite");
  await using _ = worker;
  const answer = await worker.call("wrong");
  assert.deepEqual([answer.ok, !answer.ok && answer.code], [false, "invalid_argument"]);
});
