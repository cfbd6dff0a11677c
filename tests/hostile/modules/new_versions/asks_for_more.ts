/*
tries: ask for more rights by a new config
harm: rights
stopped by: config
config: {limits: {liveness_ms: 1500, load_ms: 4000, shutdown_ms: 500, drain_ms: 500}}
steps:
  - {call: add, answers: 1}
  - {write: {configs/new_versions/asks_for_more.yml: "grants: {builtins: [files]}\n"}, told: grant.pending, says: builtins}
  - {call: add, answers: 2, process: same}
*/
export class Module {
  n = 0;
  add() {
    return ++this.n;
  }
  exportState() {
    return this.n;
  }
  importState(n: number) {
    this.n = n;
  }
}
