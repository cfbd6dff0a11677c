/*
tries: take memory by views that it writes here and there
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
    for (;;) {
      const list = new Float64Array(1_000_000);
      for (let i = 0; i < list.length; i += 256) list[i] = i;
      keep.push(list);
    }
  }
  fine() {
    return "fine";
  }
}
