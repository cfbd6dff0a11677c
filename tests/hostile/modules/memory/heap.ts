/*
tries: fill its heap with objects
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
    for (;;) keep.push({ a: Math.random(), b: String(Math.random()) });
  }
  fine() {
    return "fine";
  }
}
