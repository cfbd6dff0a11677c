/*
tries: have the bridge to Chroma read collections that are not its own, reach other servers and run SQL
harm: reads
stopped by: service
config: {grants: {services: [chromadb, database]}}
files: {configs/services/database.yml: "api: database\nprog: services/database\ngrants:\n  packages: [kysely]\n  builtins: [\"node:sqlite\", files]\n  folders: [{ path: runtime/files/database, mode: rw }]\nmax_mb: 1024\nmax_answer_bytes: 6000000\nmax_query_ms: 1200\nslow_ms: 250\nsession_idle_ms: 5000\nsession_max_ms: 30000\nsessions_per_caller: 4\nlimits: { memory_mb: 256, liveness_ms: 3000 }\nrestart: { max: 12, window_s: 10 }\n", configs/services/chromadb.yml: "api: chromadb\nprog: chromadb\ngrants:\n  services: [database]\n  packages: [chromadb]\n  net: [\"127.0.0.1:8000\"]\nparams: {http_mode: false}\nlimits: { memory_mb: 256 }\n"}
steps:
  - {state: running, of: database}
  - {state: running, of: chromadb}
  - {call: attack, answers: [], process: same}
*/
const NAMES = [
  "victim.texts",
  "0operator.texts",
  "../victim.texts",
  "victim/texts",
  "deputies.texts",
  "deputies.chromadb.x.texts",
  "texts' or name like '%",
  "victim.texts' --",
  "victim.texts\0",
  "VICTIM.texts",
  "http://127.0.0.1:22/",
  "",
  "%",
  "constructor",
  "__proto__",
];

export class Module {
  chroma: any;
  database: any;
  constructor(kernel: any) {
    this.chroma = kernel.getApi("chromadb");
    this.database = kernel.getApi("database");
  }
  async attack() {
    const passed: string[] = [];
    const tries: [string, ...unknown[]][] = NAMES.flatMap((name): [string, ...unknown[]][] => [
      ["get", name],
      ["count", name],
      ["query", name, { queryTexts: ["secret"], where: { "a') or ('1": { $ne: 1 } } }],
      ["add", name, { ids: ["x"], documents: ["x"] }],
      ["delete", name, { where: { nobody: { $ne: 1 } } }],
      ["delete_collection", name],
    ]);
    tries.push(["_store"], ["getAspect", "tool"], ["get", { toString: () => "victim.texts" }], ["get", ["victim.texts"]]);
    for (const [method, ...args] of tries) {
      try {
        await this.chroma.call(method, ...args);
        passed.push(`${method} ${JSON.stringify(args)}`);
      } catch (error) {
        if (!/^(denied|invalid_argument|not_found|private_name|no_attribute)$/.test((error as any).code)) {
          passed.push(`${method} ${JSON.stringify(args)}: ${(error as any).code}: ${(error as any).message}`);
        }
      }
    }
    // Where the texts lie.
    for (const sql of ["select * from chroma_data_records", "delete from chroma_data_collections"]) {
      try {
        await this.database.execute(sql);
        passed.push(sql);
      } catch (error) {
        if (!/^(denied|invalid_argument)$/.test((error as any).code)) passed.push(`${sql}: ${(error as any).code}`);
      }
    }
    return passed;
  }
}
