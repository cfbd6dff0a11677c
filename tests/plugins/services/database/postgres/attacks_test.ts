/** What a caller tries at a PostgreSQL: against others' tables, the service and the server. */
import assert from "node:assert/strict";
import { faultOf } from "../../../scripted_kernel.ts";
import { MISSING, type PostgresServed, withPostgres } from "./with_postgres.ts";

function promised(
  name: string,
  act: (served: PostgresServed) => Promise<void>,
  own: Record<string, unknown> = {},
): void {
  Deno.test({ name, ignore: MISSING !== undefined, fn: () => withPostgres(own, act) });
}

/** Refused to everybody before the server sees it, or by the server. */
const DENIED = [
  // becoming somebody else
  "set role postgres",
  "set session authorization postgres",
  "reset role",
  "reset session authorization",
  "select set_config('role', 'mm_admin', false)",
  "select \"set_config\"('role', 'mm_admin', false)",
  "select pg_catalog.set_config('role', 'mm_admin', false)",
  "select U&\"set\\005fconfig\"('role', 'none', false)",
  "select u&\"!0073et_config\" uescape '!' ('role', 'none', false)",
  "with x as (select set_config('role', 'none', true)) select * from x",
  "alter role mm_admin superuser",
  "alter user current_user superuser",
  "create role mallory2",
  "drop role mm_admin",
  "grant mm_admin to current_user",
  "grant select on own to public",
  "revoke all on own from public",
  "reassign owned by current_user to mm_admin",
  "drop owned by current_user",
  "alter default privileges grant select on tables to public",
  // code that would run with another's rights
  "create function f() returns int language sql as 'select 1'",
  "create or replace function f() returns int language sql security definer as 'select 1'",
  "create procedure p() language sql as 'select 1'",
  "create trigger t before insert on own for each row execute function suppress_redundant_updates_trigger()",
  "create rule r as on insert to own do also delete from secrets",
  "create policy p on own",
  "create aggregate a (int) (sfunc = int4pl, stype = int)",
  "create operator === (leftarg = int, rightarg = int, function = int4eq)",
  "create cast (int as text) without function",
  "create language plperl",
  "do $$ begin delete from secrets; end $$",
  "call p()",
  "create table trap (x xml default query_to_xml('select * from secrets', true, true, ''))",
  "select query_to_xml('select 1', true, true, '')",
  "select table_to_xml('secrets', true, true, '')",
  "select database_to_xml(true, true, '')",
  "select * from ts_stat('select word::tsvector from secrets')",
  "select ts_rewrite('a'::tsquery, 'select 1')",
  // the server
  "copy own to '/tmp/x'",
  "copy own to stdout",
  "copy own from program 'id'",
  "copy (select * from secrets) to stdout",
  "select pg_read_file('/etc/passwd')",
  "select pg_ls_dir('.')",
  "select lo_import('/etc/passwd')",
  "select lo_create(0)",
  "select pg_sleep(60)",
  "select pg_terminate_backend(1)",
  "select pg_cancel_backend(1)",
  "select pg_advisory_lock(1)",
  "select pg_notify('a', 'b')",
  "select pg_reload_conf()",
  "select * from pg_stat_activity",
  "select * from pg_catalog.pg_shadow",
  "select * from pg_authid",
  "load 'x'",
  "create extension dblink",
  "create server s foreign data wrapper w",
  "create database x",
  "drop database postgres",
  "create tablespace x location '/tmp'",
  "create publication p",
  "create subscription s connection '' publication p",
  "create event trigger e on ddl_command_start execute function f()",
  "create schema mine",
  "drop schema meta_machine cascade",
  "alter schema meta_machine rename to mine",
  "alter database postgres set search_path = x",
  "alter system set fsync = off",
  "vacuum",
  "analyze own",
  "cluster",
  "reindex table own",
  "checkpoint",
  "listen a",
  "notify a",
  "lock table own",
  "security label on table own is 'x'",
  "comment on table own is 'x'",
  "discard all",
  "deallocate all",
  "prepare p as select 1",
  "execute p",
  "declare c cursor for select 1",
  "fetch 1 from c",
  "set statement_timeout = 0",
  "set search_path = public",
  "show all",
  // others' definitions
  "select * from pg_attrdef",
  "select pg_get_viewdef('shown'::regclass)",
  "select definition from pg_views",
  "select * from pg_catalog.pg_class",
  // not one's own place
  "create temp table t (x int)",
  "create temporary view v as select 1 as x",
  "create table pg_temp.t (x int)",
  "select 1 as x into temp t",
];

promised(
  "statements that reach for the server, for others' rights or for code that runs with them are refused",
  async ({ as }) => {
    await as("bob").transaction([
      ["create table secrets (word text)"],
      ["insert into secrets values ('sesame')"],
      ["create view shown as select word from secrets"],
    ]);
    await as("mallory").execute("create table own (x text)");
    const { id } = await as("mallory").session_open();
    for (const sql of DENIED) {
      for (
        const run of [as("mallory").execute, as("mallory").query, (text: string) => as("mallory").session_run(id, text)]
      ) {
        const { code, message } = await faultOf(() => run(sql)).catch(() => assert.fail(`not refused: ${sql}`));
        assert.equal(code, "denied", `${sql}: ${code} ${message}`);
      }
    }
    await as("mallory").session_close(id, "commit");
    assert.deepEqual(await as("bob").query("select word from secrets"), [{ word: "sesame" }]);
  },
);

promised("the server refuses by itself what a role may not, whatever text reaches it", async (served) => {
  await served.as("bob").execute("create table secrets (word text)");
  await served.as("mallory").execute("create table own (x text)");
  const { rolname } = (await served.server.sql(
    served.database.name,
    "select rolname from pg_roles r where shobj_description(oid, 'pg_authid') = 'meta-machine: mallory' and has_schema_privilege(oid, 'meta_machine', 'create')",
  ))[0] as { rolname: string };
  const as = async (...statements: string[]) => {
    const password = `alter role ${rolname} password 'known'`;
    await served.server.sql(served.database.name, password);
    const { default: pg } = await import("pg");
    const { port } = served.server;
    const client = new pg.Client({
      host: "127.0.0.1",
      port,
      user: rolname,
      password: "known",
      database: served.database.name,
    });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const denied = /permission denied|must be (?:superuser|owner|member|able)|unrecognized|cannot/;
  for (
    const statement of [
      "select * from meta_machine.secrets",
      "delete from meta_machine.secrets",
      "drop table meta_machine.secrets",
      "drop schema meta_machine cascade",
      "select * from meta_machine_own.key",
      "create table public.x (y int)",
      "create schema mine",
      "create role x",
      `alter role ${rolname} superuser`,
      `alter role ${rolname} createrole`,
      "alter role mm_admin password 'x'",
      "set role mm_admin",
      "set role postgres",
      "set session authorization postgres",
      "select pg_read_file('/etc/passwd')",
      "copy meta_machine.own from program 'id'",
      "grant all on meta_machine.secrets to public",
      "alter table meta_machine.own owner to mm_admin",
      "create table meta_machine.child () inherits (meta_machine.secrets)",
      "create trigger t before insert on meta_machine.secrets for each row execute function suppress_redundant_updates_trigger()",
    ]
  ) await assert.rejects(as(statement), denied, statement);
});

promised("a caller's tables can't be taken over by resetting its view's rights", async ({ as }) => {
  await as("bob").transaction([["create table secrets (word text)"], ["insert into secrets values ('sesame')"]]);
  await as("alice").execute("create view opened as select word from secrets");
  for (
    const sql of [
      "alter view opened reset (security_invoker)",
      "alter view opened set (security_invoker = false)",
      "create or replace view opened with (security_invoker = false) as select word from secrets",
    ]
  ) {
    await as("alice").execute(sql);
    assert.deepEqual(await as("alice").query("select * from opened"), [{ word: "sesame" }]);
    // Carol may read the view but not the table, and alice's right to it is not lent on.
    assert.equal((await faultOf(() => as("carol").query("select * from opened"))).code, "denied", sql);
  }
}, { access: { alice: { read: ["secrets"] }, carol: { read: ["opened"] } } });

promised("whoever writes into another's table lends no rights to its defaults, checks and indexes", async ({ as }) => {
  await as("mallory").execute("create table trap (x text, y int default 1)");
  for (
    const sql of [
      "alter table trap alter column x set default (select word from secrets)",
      "alter table trap add check ((select count(*) from secrets) > 0)",
      "create index i on trap ((select 1))",
    ]
  ) assert.equal((await faultOf(() => as("mallory").execute(sql))).code, "invalid_argument", sql);
});

promised("a view is no way to have another write where one may not", async ({ as }) => {
  await as("bob").execute("create table secrets (word text)");
  await as("mallory").execute("create view evil_log as select word as x from secrets");
  const { code } = await faultOf(() => as("writer").execute("insert into evil_log values ('x')"));
  assert.equal(code, "denied");
  assert.deepEqual(await as("bob").query("select * from secrets"), []);
}, { access: { writer: { read: ["secrets", "evil_log"], write: ["secrets", "evil_log"] } } });

promised("information_schema shows a caller its own tables and none of others", async ({ as }) => {
  await as("bob").execute("create table secrets (word text default 'hunter2')");
  await as("mallory").execute("create table own (x text)");
  for (const view of ["tables", "columns", "table_privileges"]) {
    const rows = await as("mallory").query(
      `select table_name from information_schema.${view} where table_schema = 'meta_machine'`,
    );
    assert.deepEqual([...new Set(rows.map(({ table_name }) => table_name))], ["own"], view);
  }
});

promised("names of columns and tables may be what they like", async ({ as }) => {
  await as("alice").execute('create table odd (owner text, "select" int, "it""s" text, lo_price int)');
  await as("alice").execute("insert into odd values ('pg_sleep', 1, $1, 3)", ["x"]);
  assert.deepEqual(
    await as("alice").query('select "select", "it""s", lo_price from odd where owner = ?', ["pg_sleep"]),
    [
      { select: 1, 'it"s': "x", lo_price: 3 },
    ],
  );
});
