/*
tries: stay by a shutdown that fails
harm: hostage
stopped by: lifecycle
steps:
  - {state: running}
  - {removed: true}
*/
export class Module {
  shutdown() {
    throw new Error("no");
  }
}
