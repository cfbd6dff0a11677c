/*
tries: have the database service open files and read what is not its own
harm: reads
stopped by: service
config: {grants: {services: [database]}}
files: {configs/services/database.yml: "api: database\nprog: services/database\ngrants:\n  packages: [kysely]\n  builtins: [\"node:sqlite\", files]\n  folders: [{ path: runtime/files/database, mode: rw }]\nmax_mb: 1024\nmax_answer_bytes: 6000000\nmax_query_ms: 1200\nslow_ms: 250\nsession_idle_ms: 5000\nsession_max_ms: 30000\nsessions_per_caller: 4\nlimits: { memory_mb: 256, liveness_ms: 3000 }\nrestart: { max: 12, window_s: 10 }\n"}
steps:
  - {state: running, of: database}
  - {call: attack, answers: [], process: same}
*/
const STATEMENTS = [
  "attach database '/etc/passwd' as p",
  "vacuum into '/tmp/x.db'",
  "select load_extension('/tmp/x.so')",
  "select readfile('/etc/passwd')",
  "select writefile('/tmp/x', 'x')",
  "pragma temp_store_directory = '/tmp'",
  "pragma writable_schema = 1",
  "update sqlite_master set sql = 'x'",
  "select * from database_owners",
  "select * from dbstat",
  "begin",
  "select 1; select 2",
];

export class Module {
  database: any;
  constructor(kernel: any) {
    this.database = kernel.getApi("database");
  }
  async attack() {
    const passed = [];
    for (const sql of STATEMENTS) {
      for (const method of ["query", "execute"]) {
        try {
          await this.database[method](sql);
          passed.push(`${method} ${sql}`);
        } catch (error) {
          if (!/^(denied|invalid_argument)$/.test((error as any).code)) passed.push(`${sql}: ${(error as any).code}`);
        }
      }
    }
    return passed;
  }
}
