/*
tries: fill the disk by a million lines of log
harm: flood
stopped by: broker
steps:
  - {call: attack, answers: logged, process: same}
  - {logged: "/left out|dropped/"}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    for (let i = 0; i < 1_000_000; i++) console.log(`flood ${i}`);
    return "logged";
  }
  fine() {
    return "fine";
  }
}
