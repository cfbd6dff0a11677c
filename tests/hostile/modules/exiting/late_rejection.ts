/*
tries: end its Worker by a promise whose failure nobody hears
harm: kills
stopped by: lifecycle
steps:
  - {call: attack}
  - {told: module.failed, says: unheard}
  - {state: running}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    void Promise.reject(new Error("unheard"));
    return "rejected";
  }
  fine() {
    return "fine";
  }
}
