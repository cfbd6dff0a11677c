/*
tries: take memory by texts that double
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
    let text = "x";
    for (;;) {
      text += text;
      keep.push(text + Math.random());
    }
  }
  fine() {
    return "fine";
  }
}
