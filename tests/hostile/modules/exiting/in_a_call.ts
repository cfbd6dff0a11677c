/*
tries: vanish in the middle of a call by a stack without end
harm: kills
stopped by: lockdown
steps:
  - {call: deep, fails: module_error, says: stack}
  - {call: fine, answers: fine}
*/
export class Module {
  deep(): number {
    return 1 + this.deep();
  }
  fine() {
    return "fine";
  }
}
