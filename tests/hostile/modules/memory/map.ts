/*
tries: take memory by a map
harm: memory
stopped by: guard
config: {restart: {max: 3, window_s: 60}}
steps:
  - {call: attack, fails: "module_killed|module_error"}
  - {call: fine, answers: fine}
*/
const keep: unknown[] = [];

export class Module {
  attack() {
    const map = new Map();
    for (let i = 0;; i++) map.set(i, i);
  }
  fine() {
    return "fine";
  }
}
