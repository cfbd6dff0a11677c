/*
tries: drown its own host in errors that nobody catches
harm: flood
stopped by: lifecycle
steps:
  - {call: attack}
  - {told: module.failed, says: unheard}
  - {state: running}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    for (let i = 0; i < 1_000; i++) void Promise.reject(new Error(`unheard ${i}`));
    return "thrown";
  }
  fine() {
    return "fine";
  }
}
