/** The database over PostgreSQL as a host runs it: the bundled driver, in a sealed Worker that may reach one address and nothing else. */
import assert from "node:assert/strict";
import { reply } from "../../../../guest/worker/start_worker.ts";
import { specOf, startSpec } from "../../../shipped_in_worker.ts";
import { codeBlocks, readPage } from "../../../../docs/code_blocks.ts";
import { MISSING, sharedServer } from "./with_postgres.ts";

/** As docs/sql.md shows it, at another address. */
function shownConfig(url: string): string {
  const block = codeBlocks(readPage("docs/sql.md")).find(({ language, text }) =>
    language === "yaml" && text.includes("password_secret: ")
  );
  assert.ok(block !== undefined, "docs/sql.md shows no config for PostgreSQL");
  const { host } = new URL(url.replace("postgres:", "http:"));
  return block.text.replaceAll("db.example.com:5432", host).replace(/^url: .*$/m, `url: ${url}`);
}

Deno.test({
  name:
    "the config that the documentation shows runs the database over PostgreSQL, without env, files or another address",
  ignore: MISSING !== undefined,
  async fn() {
    const server = await sharedServer();
    const { url, password } = await server.database();
    const spec = specOf("services/database.yml", shownConfig(url));
    await using worker = await startSpec(spec, "/nowhere");
    worker.onCall = (call, args) => {
      assert.deepEqual([call.name, args], ["secret", ["DATABASE_PASSWORD"]]);
      return reply(call, password);
    };
    worker.send({ t: "run" });
    assert.deepEqual(await worker.value("about"), { dialect: "postgres", caller: "tester" });
    await worker.value("execute", ["create table t (a bigint, b bytea, c timestamptz, d jsonb)"]);
    const row = [2n ** 53n + 1n, new Uint8Array([0, 255]), new Date(1_700_000_000_123), { a: [1] }];
    assert.deepEqual(await worker.value("execute", ["insert into t values (?, ?, ?, ?) returning a, b, c, d", row]), {
      changes: 1,
      lastInsertRowid: 0,
      rows: [{ a: row[0], b: row[1], c: row[2], d: row[3] }],
    });
    const { id } = await worker.value("session_open") as { id: string };
    await worker.value("session_run", [id, "delete from t"]);
    await worker.value("session_close", [id, "rollback"]);
    assert.deepEqual(await worker.value("query", ["select count(*) as n from t"]), [{ n: 1 }]);
    const tables = await worker.value("tables") as { name: string }[];
    assert.deepEqual(tables.map(({ name }) => name), ["t"]);
    const refused = await worker.call("query", ["select * from nowhere"]);
    assert.deepEqual([refused.ok, !refused.ok && refused.code], [false, "invalid_argument"]);
    worker.send({ t: "shutdown" });
    await worker.next("ended", ({ what }) => what === "shutdown");
    assert.deepEqual(worker.leaked, []);
  },
});

Deno.test({
  name: "with sslmode=verify-full the server is reached by TLS, and only where its certificate is known",
  ignore: MISSING !== undefined,
  async fn() {
    const server = await sharedServer();
    const ca = await server.certify();
    const { url, password, name } = await server.database();
    await server.sql(name, "alter database " + name + " set log_min_messages = warning");
    for (const host of ["127.0.0.1", "localhost"]) {
      const spec = specOf("services/database.yml", shownConfig(url.replace("127.0.0.1", host)));
      const own = { url: `${url.replace("127.0.0.1", host)}?sslmode=verify-full` };
      await using worker = await startSpec(spec, "/nowhere", { ...own, ca });
      worker.onCall = (call) => reply(call, password);
      await worker.value("execute", [`create table by_${host.replaceAll(".", "_")} (x int)`]);
      const ciphers = await server.sql(
        name,
        "select count(*)::int n from pg_stat_ssl s join pg_stat_activity a using (pid) where s.ssl and a.datname = current_database() and a.application_name = 'meta-machine'",
      );
      assert.ok(Number(ciphers[0]!["n"]) >= 2, host);
      await using stranger = await startSpec(spec, "/nowhere", own);
      stranger.onCall = (call) => reply(call, password);
      const refused = await stranger.call("query", ["select 1 as x"]);
      assert.equal(refused.ok, false, host);
      if (!refused.ok) assert.match(String(refused.fault["message"]), /certificate|issuer|self.signed/i);
    }
  },
});
