/*
tries: end its Worker by an error that nobody catches
harm: kills
stopped by: lifecycle
steps:
  - {call: attack, answers: thrown later}
  - {told: module.failed, says: late}
  - {logged: late}
  - {state: running}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    setTimeout(() => {
      throw new Error("late");
    }, 0);
    return "thrown later";
  }
  fine() {
    return "fine";
  }
}
