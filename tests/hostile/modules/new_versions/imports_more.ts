/*
tries: replace a version that runs by one that imports what it may not
harm: rights
stopped by: lifecycle
config: {limits: {liveness_ms: 1500, load_ms: 4000, shutdown_ms: 500, drain_ms: 500}}
steps:
  - {call: add, answers: 1}
  - {becomes: then_imports_more.ts, told: module.failed, says: "'node:fs'"}
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
