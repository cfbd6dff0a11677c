/*
tries: take memory by promises that never settle
harm: memory
stopped by: guard
config: {restart: {max: 3, window_s: 60}}
steps:
  - {call: attack, fails: "module_killed"}
  - {call: fine, answers: fine}
*/
const keep: unknown[] = [];

export class Module {
  attack() {
    for (;;) keep.push(new Promise(() => {}).then(() => keep));
  }
  fine() {
    return "fine";
  }
}
