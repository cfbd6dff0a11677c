/*
tries: fill the disk by lines of a megabyte
harm: flood
stopped by: broker
steps:
  - {call: attack}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    for (let i = 0; i < 1_000; i++) console.error("x".repeat(1_000_000) + i);
    return "logged";
  }
  fine() {
    return "fine";
  }
}
