import assert from "node:assert/strict";
import { missingRedis } from "../plugins/redis/missing_redis.ts";
import { startRedis } from "../plugins/redis/redis_server.ts";
import { underAttack } from "./neighbour.ts";

const READ_SHIPPED = (path: string) => Deno.readTextFile(new URL(`../../configs/${path}`, import.meta.url));

/** Asks a service for what is not its own. */
const CLIMBER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async try_all(api, tries) {
    const seen = {};
    for (const [method, ...args] of tries) {
      const key = method + " " + JSON.stringify(args);
      try { seen[key] = { got: await this.kernel.getApi(api)[method](...args) }; }
      catch (error) { seen[key] = { code: error.code, message: error.message }; }
    }
    return seen;
  }
}`;
const FILE_REFUSALS = /^(denied|invalid_argument|not_found|conflict|private_name|no_attribute)$/;
type Seen = Record<string, { got?: unknown; code?: string; message?: string }>;

Deno.test("through the filesystem service a module reaches its own folder and nothing else", async () => {
  await underAttack({
    "plugins/climber.js": CLIMBER,
    "configs/climber.yml": "grants: {services: [filesystem]}\n",
    "plugins/victim.js": CLIMBER,
    "configs/victim.yml": "grants: {services: [filesystem]}\n",
    "configs/services/filesystem.yml": await READ_SHIPPED("services/filesystem.yml"),
  }, async (attacked) => {
    const { home } = attacked;
    await attacked.reaches("filesystem", ["running"]);
    const victim = await attacked.call<Seen>("victim", "try_all", "filesystem", [[
      "write_file",
      "secret.txt",
      "the victim's",
    ]]);
    assert.ok(Object.values(victim).every(({ code }) => code === undefined), JSON.stringify(victim));
    const own = await attacked.call<Seen>("climber", "try_all", "filesystem", [["write_file", "own.txt", "mine"], [
      "read_file",
      "own.txt",
    ]]);
    assert.ok(Object.values(own).every(({ code }) => code === undefined), JSON.stringify(own));
    // Links that somebody else has put into its folder.
    const folder = `${home}/runtime/files/climber`;
    await Deno.symlink("../victim", `${folder}/link_folder`);
    await Deno.symlink("../victim/secret.txt", `${folder}/link_file`);
    await Deno.symlink("/etc/passwd", `${folder}/passwd`);
    await Deno.symlink("../../../configs", `${folder}/configs`);
    await Deno.symlink("../../../configs/new.yml", `${folder}/dangling.yml`);
    await Deno.writeTextFile(`${folder}/.hidden`, "dot file");
    const paths = [
      "../victim/secret.txt",
      "../../../configs/meta.yml",
      "/etc/passwd",
      `${home}/configs/meta.yml`,
      "./../victim/secret.txt",
      "a/../../victim/secret.txt",
      "link_folder/secret.txt",
      "link_file",
      "passwd",
      "configs/meta.yml",
      "..\\\\victim\\\\secret.txt",
      "%2e%2e/victim/secret.txt",
      "",
      ".",
      "..",
      "\u0000",
      "own.txt\u0000.png",
      "/proc/self/environ",
      "~/.bashrc",
      "file:///etc/passwd",
      ".hidden",
      "a".repeat(5_000),
      "own.txt/../../victim/secret.txt",
      "runtime/logs/host.jsonl",
      "//etc/passwd",
      "\u202e",
    ];
    const tries = paths.flatMap((
      path,
    ) => [["read_file", path], ["stat", path], ["list", path], ["write_file", path, "x"], ["delete", path]]);
    tries.push(
      ["write_file", "dangling.yml", "prog: own"],
      ["read_file"],
      ["read_file", 5 as never],
      ["read_file", ["own.txt"] as never],
      ["read_file", { path: "../victim/secret.txt" } as never],
      ["write_file", "link_folder/new.txt", "x"],
    );
    for (const name of ["_private", "constructor", "run", "getAspect"]) tries.push([name]);
    const seen = await attacked.call<Seen>("climber", "try_all", "filesystem", tries);
    for (const [what, { code, message }] of Object.entries(seen)) {
      if (code !== undefined) assert.match(code, FILE_REFUSALS, `${what}: ${code}: ${message}`);
    }
    assert.equal(await Deno.readTextFile(`${home}/runtime/files/victim/secret.txt`), "the victim's");
    assert.deepEqual([...Deno.readDirSync(`${home}/runtime/files/victim`)].map(({ name }) => name), ["secret.txt"]);
    assert.equal(await Deno.readTextFile(`${home}/configs/meta.yml`), "prog: kernel\n");
    await assert.rejects(Deno.stat(`${home}/configs/new.yml`));
    for (const said of Object.values(seen)) {
      assert.doesNotMatch(JSON.stringify(said), /the victim's|root:|prog: kernel|dot file/);
    }
  });
});

Deno.test("through the database service a module reaches its own tables and nothing else", async () => {
  await underAttack({
    "plugins/climber.js": CLIMBER,
    "configs/climber.yml": "grants: {services: [database]}\n",
    "plugins/victim.js": CLIMBER,
    "configs/victim.yml": "grants: {services: [database]}\n",
    "configs/services/database.yml": await READ_SHIPPED("services/database.yml"),
  }, async (attacked) => {
    await attacked.reaches("database", ["running"]);
    const { pid } = await attacked.module("database");
    const ask = (api: string, ...tries: unknown[][]) => attacked.call<Seen>(api, "try_all", "database", tries);
    const ready = await ask(
      "victim",
      ["execute", "create table secret(id integer primary key, text unique)"],
      ["execute", "insert into secret values (1, 'top secret')"],
      ["execute", "create table parent(id integer primary key)"],
    );
    assert.ok(Object.values(ready).every(({ code }) => code === undefined), JSON.stringify(ready));
    const statements = [
      "select * from secret",
      "select * from SECRET",
      "select * from main.secret",
      'select * from "secret"',
      "select * from [secret]",
      "select * from (select text from secret)",
      "with secret2 as (select * from secret) select * from secret2",
      "with t as (select 1 from secret) select count(*) from t",
      "with secret as (select 1) select count(*) from secret",
      "with secret as (select * from main.secret) select count(*) from secret",
      "with recursive c(n) as (select count(*) from secret union all select n + 1 from c limit 2) select max(n) from c",
      "select count(*) from database_owners",
      "select (select text from secret)",
      "select 1 where exists (select 1 from secret)",
      "create table stolen as select * from secret",
      "create view peep as select * from secret",
      "select * from peep",
      "insert into secret values (2, 'x')",
      "insert or replace into secret values (1, 'x')",
      "update secret set text = 'x'",
      "delete from secret",
      "drop table secret",
      "alter table secret rename to mine",
      "alter table secret add column x",
      "create index i on secret(text)",
      "create trigger t after insert on secret begin select 1; end",
      "create table mine(id integer primary key, ref references secret(id) on delete cascade)",
      "insert into mine values (1, 1)",
      "insert into mine values (2, 99)",
      "create trigger leak after insert on mine begin delete from secret; end",
      "insert into mine values (3, null)",
      "create trigger peek after insert on mine begin insert into mine select id + 10, null from secret; end",
      "insert into mine values (4, null)",
      "create temp table secret(id)",
      "create temp view v as select * from secret",
      "attach database '/etc/passwd' as p",
      "attach ':memory:' as m",
      "vacuum",
      "vacuum into '/tmp/x.db'",
      "detach main",
      "pragma writable_schema = 1",
      "pragma database_list",
      "pragma table_info(secret)",
      "pragma journal_mode = delete",
      "pragma temp_store_directory = '/tmp'",
      "pragma trusted_schema = 1",
      "select load_extension('/tmp/x.so')",
      "select readfile('/etc/passwd')",
      "select writefile('/tmp/x', 'x')",
      "select sql from sqlite_master where name = 'secret'",
      "update sqlite_master set sql = 'x'",
      "delete from sqlite_master",
      "begin",
      "commit",
      "rollback",
      "savepoint x",
      "select 1; select * from secret",
      "explain select * from secret",
      "analyze",
      "reindex",
      "create virtual table f using fts5(x)",
      "create virtual table f using dbstat",
      "select * from dbstat",
      "select * from sqlite_dbpage",
      "select * from pragma_table_info('secret')",
      "select * from pragma_database_list",
      "select * from sqlite_sequence",
      "select * from json_each((select text from secret))",
      "replace into secret select 1, 'x'",
      "upsert",
      "",
      "insert into mine values (5, null) on conflict do update set ref = (select id from secret)",
      "insert into mine values (6, null) returning (select text from secret)",
      "select text from secret union select 1",
      "select * from secret -- ok",
      "select * from/**/secret",
      "alter table mine rename to secret",
      "create table secret(id)",
      "create view secret as select 1",
      "drop view secret",
      "drop table if exists parent",
      "create table if not exists secret(x)",
    ];
    for (const method of ["query", "execute"]) {
      const seen = await ask("climber", ...statements.map((sql) => [method, sql]));
      for (const [what, { got, code, message }] of Object.entries(seen)) {
        if (code !== undefined) assert.match(code, /^(denied|invalid_argument)$/, `${what}: ${code}: ${message}`);
        assert.doesNotMatch(JSON.stringify(got ?? ""), /top secret/, what);
        // The statement itself comes back in the message; a row of the victim's does not.
        assert.doesNotMatch((message ?? "").replace(/ in: .*/s, ""), /top secret/, what);
      }
    }
    const odd = await ask(
      "climber",
      ["transaction", [["select * from secret"]]],
      ["transaction", [["insert into secret values (7, 'x')"]]],
      ["transaction", "x"],
      ["query", 5],
      ["query", "select ?", [{}]],
      ["query", "select ?", "x"],
      ["_open"],
      ["getAspect", "tool"],
      ["query", ["select 1"]],
    );
    assert.deepEqual(Object.values(odd).map(({ code }) => code), [
      ...["denied", "denied", "invalid_argument", "invalid_argument", "invalid_argument", "invalid_argument"],
      ...["private_name", "no_attribute", "invalid_argument"],
    ]);
    const left = await ask("victim", ["query", "select * from secret"]);
    assert.deepEqual(Object.values(left)[0]?.got, [{ id: 1, text: "top secret" }]);
    assert.equal((await attacked.module("database")).pid, pid, "the database was started again");
  });
});

const COLLECTION_USES = (name: unknown): unknown[][] => [
  ["get_or_create_collection", name],
  ["add", name, { ids: ["x"], documents: ["x"] }],
  ["query", name, { queryTexts: ["secret"] }],
  ["get", name],
  ["delete", name, { ids: ["1"] }],
  ["count", name],
  ["delete_collection", name],
];

Deno.test("through the bridge to Chroma a module reaches its own collections and nothing else", async () => {
  await underAttack({
    // `get` is a member of a handle, too.
    "plugins/climber.js": CLIMBER.replace(
      "this.kernel.getApi(api)[method](...args)",
      "this.kernel.getApi(api).call(method, ...args)",
    ),
    "configs/climber.yml": "grants: {services: [chromadb, database]}\n",
    "plugins/victim.js": CLIMBER,
    "configs/victim.yml": "grants: {services: [chromadb]}\n",
    "configs/services/database.yml": await READ_SHIPPED("services/database.yml"),
    "configs/services/chromadb.yml": await READ_SHIPPED("services/.chromadb.yml"),
  }, async (attacked) => {
    await attacked.reaches("chromadb", ["running"]);
    const { pid } = await attacked.module("chromadb");
    const ask = (api: string, service: string, ...tries: unknown[][]) =>
      attacked.call<Seen>(api, "try_all", service, tries);
    const ready = await ask(
      "victim",
      "chromadb",
      ["get_or_create_collection", "texts"],
      ["add", "texts", { ids: ["1"], documents: ["top secret"] }],
    );
    assert.ok(Object.values(ready).every(({ code }) => code === undefined), JSON.stringify(ready));
    const names = [
      ...[
        "victim.texts",
        "0victim.texts",
        "victim.texts ",
        "../victim.texts",
        "climber/../victim.texts",
        "victim/texts",
        "Victim.texts",
      ],
      ...[
        "@operator.texts",
        "0operator.texts",
        ".texts",
        "victim.",
        "%",
        "victim%",
        "texts' or '1'='1",
        "victim.texts\u0000",
        "",
        null,
        5,
      ],
      ...[["victim.texts"], { name: "victim.texts" }, "\u202evictim.texts", "victim\uFF0Etexts", "a".repeat(5_000)],
    ];
    const seen = await ask("climber", "chromadb", ...names.flatMap(COLLECTION_USES));
    for (const [what, { code, message }] of Object.entries(seen)) {
      assert.match(String(code), /^(denied|invalid_argument|not_found)$/, `${what}: ${code}: ${message}`);
      assert.doesNotMatch(String(message), /top secret/);
    }
    // Where the texts are kept.
    const tables = ["chroma_data_records", "chroma_data_collections", "CHROMA_DATA_RECORDS"];
    const direct = await ask(
      "climber",
      "database",
      ...tables.flatMap((table) => [
        ["query", `select * from ${table}`],
        ["execute", `delete from ${table}`],
        ["execute", `drop table ${table}`],
      ]),
    );
    for (const [what, { code }] of Object.entries(direct)) assert.equal(code, "denied", what);
    const filters: readonly unknown[] = [
      { where: { "n') or ('1'='1": { $ne: 1 } } },
      { where: { __proto__x: 1 } },
      { where: { constructor: { $ne: 1 } } },
      { whereDocument: { $contains: "%' or '1'='1" } },
      { ids: ["1' or '1'='1"] },
      { limit: "1; drop table chroma_data_records" },
      { include: ["embeddings", "path"] },
    ];
    const own = await ask(
      "climber",
      "chromadb",
      ["get_or_create_collection", "texts"],
      ...filters.map((filter) => ["get", "texts", filter]),
      ["list_collections"],
    );
    assert.doesNotMatch(JSON.stringify(own), /top secret|victim/);
    for (const { code } of Object.values(own)) assert.ok(code === undefined || code === "invalid_argument", code);
    const left = await ask("victim", "chromadb", ["count", "texts"], ["query", "texts", {
      queryTexts: ["secret"],
      include: ["documents"],
    }]);
    assert.deepEqual(Object.values(left).map(({ got }) => got), [1, { ids: [["1"]], documents: [["top secret"]] }]);
    assert.equal((await attacked.module("chromadb")).pid, pid, "the bridge was started again");
  });
});

Deno.test({
  name: "through the bridge to Redis a module reaches its own keys and nothing else",
  ignore: missingRedis() !== undefined,
  async fn() {
    await using server = await startRedis();
    await underAttack({
      "plugins/climber.js": CLIMBER.replace(
        "this.kernel.getApi(api)[method](...args)",
        "this.kernel.getApi(api).call(method, ...args)",
      ),
      "configs/climber.yml": "grants: {services: [redis]}\n",
      "plugins/victim.js": CLIMBER,
      "configs/victim.yml": "grants: {services: [redis]}\n",
      "configs/services/redis.yml": (await READ_SHIPPED("services/.redis.yml")).replaceAll("6379", String(server.port)),
    }, async (attacked) => {
      await attacked.reaches("redis", ["running"]);
      const { pid } = await attacked.module("redis");
      const ask = (api: string, ...tries: unknown[][]) => attacked.call<Seen>(api, "try_all", "redis", tries);
      await ask("victim", ["set", "k", "top secret"]);
      const keys = [
        "victim:k",
        ":victim:k",
        "../victim:k",
        "k",
        "*",
        "k\r\nGET victim:k",
        "\r\n*2\r\n$3\r\nGET\r\n$8\r\nvictim:k\r\n",
        "climber:victim:k",
      ];
      const seen = await ask(
        "climber",
        ...keys.flatMap((key) => [["get", key], ["ttl", key], ["expire", key, 1], ["del", key], ["del", "x", key]]),
        ...keys.map((key) => ["get", [key]]),
        ["command", "GET", "victim:k"],
        ["command", "FLUSHALL"],
        ["command", "EVAL", "return redis.call('GET', 'victim:k')", 0],
        ["_link"],
        ["shutdown"],
      );
      for (const [what, { got, code }] of Object.entries(seen)) {
        if (code === undefined) {
          assert.ok(got === null || got === 0 || got === false, `${what}: ${JSON.stringify(got)}`);
        } else assert.match(code, /^(denied|invalid_argument|private_name|no_attribute)$/, what);
      }
      const left = await ask("victim", ["incr", "n"], ["ttl", "k"], ["set", "k", "top secret", { only: "old" }]);
      assert.deepEqual(Object.values(left).map(({ got }) => got), [1, null, true]);
      assert.equal((await attacked.module("redis")).pid, pid, "the bridge was started again");
    });
  },
});
