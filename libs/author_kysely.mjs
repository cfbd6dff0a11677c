// kernel/guest/sdk/kysely/mod.ts (made by deno task vendor author)
import { fault, FaultError } from 'meta-machine';
import { DialectAdapterBase, sql, CompiledQuery, PostgresQueryCompiler, SqliteQueryCompiler, Kysely } from 'kysely';
export { Kysely, Transaction, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
class HandleAdapter extends DialectAdapterBase {
service;
constructor(service){
super();
this.service = service;
}
get supportsTransactionalDdl() {
return true;
}
get supportsReturning() {
return true;
}
async acquireMigrationLock(db, { lockTable, lockRowId }) {
if (this.service.dialect === "sqlite" || !db.isTransaction) return;
await sql`select 1 from ${sql.table(lockTable)} where id = ${lockRowId} for update`.execute(db);
}
releaseMigrationLock() {
return Promise.resolve();
}
}
async function migrate(db, migrations) {
const { adapter } = db.getExecutor();
if (!(adapter instanceof HandleAdapter)) {
throw fault("invalid_argument", "migrate() needs what openKysely() gives", {
hint: "migrate(openKysely(handle), \u2026)"
});
}
const { service } = adapter;
const own = (await service.about()).caller.replace(/^@/, "at_").replace(/\W/g, "_");
return await inTransaction(db, async (trx)=>{
const migrator = new Migrator({
db: trx,
provider: {
getMigrations: ()=>Promise.resolve(asMigrations(service, migrations))
},
migrationTableName: `kysely_migration_${own}`,
migrationLockTableName: `kysely_migration_lock_${own}`
});
const { error, results } = await migrator.migrateToLatest();
if (error === undefined) return results ?? [];
const failed = results?.find(({ status })=>status === "Error");
if (failed !== undefined && error instanceof Error) {
error.message = `migration ${failed.migrationName}: ${error.message}`;
}
throw error;
});
}
function inTransaction(db, act) {
return db.isTransaction ? act(db) : db.transaction().execute(act);
}
function asMigrations(service, migrations) {
return Object.fromEntries(Object.entries(migrations).map(([name, migration])=>[
name,
typeof migration === "string" ? {
up: (db)=>runText(service, db, migration)
} : migration
]));
}
async function runText(service, db, text) {
for (const statement of (await service.statements(text)))await db.executeQuery(CompiledQuery.raw(statement));
}
const ASK_FOR_TABLES = CompiledQuery.raw("tables()");
class HandleIntrospector {
#db;
constructor(db){
this.#db = db;
}
async getSchemas() {
const tables = await this.getTables({
withInternalKyselyTables: true
});
const names = new Set(tables.flatMap(({ schema })=>schema === undefined ? [] : [
schema
]));
return [
...names
].map((name)=>({
name
}));
}
async getTables({ withInternalKyselyTables } = {
withInternalKyselyTables: false
}) {
const { rows } = await this.#db.executeQuery(ASK_FOR_TABLES);
const tables = rows;
return withInternalKyselyTables ? tables : tables.filter(({ name })=>!name.startsWith("kysely_migration"));
}
}
class HandleDriver {
#service;
#compiler;
#prepare;
constructor(service, compiler, prepare){
this.#service = service;
this.#compiler = compiler;
this.#prepare = prepare;
}
async init() {
await this.#prepare();
}
acquireConnection() {
return Promise.resolve(new HandleConnection(this.#service, this.#compiler));
}
async beginTransaction(connection, { accessMode, isolationLevel }) {
await connection.begin(accessMode === "read only" ? "read" : "write", isolationLevel);
}
commitTransaction(connection) {
return connection.end("commit");
}
rollbackTransaction(connection) {
return connection.end("rollback");
}
savepoint(connection, name) {
return connection.say(`savepoint ${quoted(name)}`);
}
rollbackToSavepoint(connection, name) {
return connection.say(`rollback to ${quoted(name)}`);
}
releaseSavepoint(connection, name) {
return connection.say(`release ${quoted(name)}`);
}
async releaseConnection(connection) {
await connection.end("rollback");
}
async destroy() {}
}
class HandleConnection {
#service;
#compiler;
#session;
constructor(service, compiler){
this.#service = service;
this.#compiler = compiler;
}
async begin(mode, isolation) {
const { id } = await this.#service.open(mode, isolation);
this.#session = id;
}
async end(how) {
const session = this.#session;
this.#session = undefined;
if (session === undefined) return;
const ended = this.#service.close(session, how);
await (how === "commit" ? ended : ended.catch(()=>{}));
}
async say(sql) {
await this.executeQuery(CompiledQuery.raw(sql));
}
async executeQuery(compiled) {
if (compiled === ASK_FOR_TABLES) return {
rows: await this.#service.tables(this.#session)
};
const { sql, parameters, query } = this.#compiler.fitting(compiled);
const { changes, lastInsertRowid, rows } = this.#session === undefined ? await this.#service.run(sql, parameters, mayOnlyRead(query, sql)) : await this.#service.runIn(this.#session, sql, parameters);
return {
rows: [
...rows ?? []
],
...CHANGING.has(query.kind) && {
numAffectedRows: BigInt(changes)
},
...BigInt(lastInsertRowid) !== 0n && {
insertId: BigInt(lastInsertRowid)
}
};
}
async *streamQuery(compiled, chunkSize = 500) {
const { sql, parameters } = this.#compiler.fitting(compiled);
for await (const rows of this.#service.rows(this.#session, sql, parameters, chunkSize)){
yield {
rows: rows
};
}
}
}
const CHANGING = new Set([
"InsertQueryNode",
"UpdateQueryNode",
"DeleteQueryNode",
"MergeQueryNode",
"RawNode"
]);
function mayOnlyRead({ kind }, sql) {
return kind === "SelectQueryNode" || kind === "RawNode" && /^\s*(?:select|with|values|explain|pragma)\b/i.test(sql);
}
function quoted(name) {
return `"${name.replaceAll('"', '""')}"`;
}
class LateCompiler {
#service;
#compilers = {
sqlite: new SqliteQueryCompiler(),
postgres: new PostgresQueryCompiler()
};
#written = new WeakMap();
constructor(service){
this.#service = service;
}
compileQuery(node, queryId) {
const { dialect } = this.#service;
const compiled = this.#compilers[dialect].compileQuery(node, queryId);
this.#written.set(compiled, dialect);
return compiled;
}
fitting(compiled) {
const dialect = this.#written.get(compiled);
if (dialect === undefined || dialect === this.#service.dialect) return compiled;
return this.compileQuery(compiled.query, compiled.queryId);
}
}
class SqlService {
#handle;
#about;
#dialect;
constructor(handle, dialect){
this.#handle = handle;
this.#dialect = dialect;
}
get dialect() {
return this.#dialect ?? "sqlite";
}
about() {
this.#about ??= this.#handle.call("about").then((about)=>{
this.#dialect = about.dialect;
return about;
}).catch((error)=>{
this.#about = undefined;
throw error;
});
return this.#about;
}
async run(sql, params, reads) {
if (reads) {
try {
return {
changes: 0,
lastInsertRowid: 0,
rows: await this.#handle.call("query", sql, params)
};
} catch (error) {
if (!isOnlyReads(error)) throw error;
}
}
return await this.#handle.call("execute", sql, params);
}
open(mode, isolation) {
return this.#handle.call("session_open", mode, {
isolation
});
}
runIn(session, sql, params) {
return this.#handle.call("session_run", session, sql, params);
}
close(session, how) {
return this.#handle.call("session_close", session, how);
}
async *rows(session, sql, params, batch) {
let given = false;
try {
const batches = session === undefined ? await this.#handle.call("rows", sql, params, {
batch
}) : await this.#handle.call("session_rows", session, sql, params, {
batch
});
for await (const rows of batches){
given = true;
yield rows;
}
} catch (error) {
if (given || !isOnlyReads(error)) throw error;
const outcome = session === undefined ? await this.run(sql, params, false) : await this.runIn(session, sql, params);
yield outcome.rows ?? [];
}
}
tables(session) {
return this.#handle.call("tables", session);
}
statements(text) {
return this.#handle.call("statements", text);
}
}
function isOnlyReads(error) {
return error instanceof FaultError && error.code === "invalid_argument" && / only reads$/.test(error.message);
}
function openKysely(handle, { dialect, migrations, ...config } = {}) {
const service = new SqlService(handle, dialect);
const prepare = async ()=>{
await service.about();
if (migrations !== undefined) await migrate(openKysely(handle), migrations);
};
const compiler = new LateCompiler(service);
return new Kysely({
...config,
dialect: {
createAdapter: ()=>new HandleAdapter(service),
createDriver: ()=>new HandleDriver(service, compiler, prepare),
createIntrospector: (db)=>new HandleIntrospector(db),
createQueryCompiler: ()=>compiler
}
});
}
export { migrate, openKysely };
