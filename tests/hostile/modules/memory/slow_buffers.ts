/*
tries: take memory piece by piece, between which it looks idle
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
    setInterval(() => keep.push(new Uint8Array(8_388_608).fill(1)), 5);
    return new Promise(() => {});
  }
  fine() {
    return "fine";
  }
}
