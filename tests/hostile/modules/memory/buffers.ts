/*
tries: take memory outside of the heap by buffers
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
    for (;;) keep.push(new Uint8Array(16_777_216).fill(1));
  }
  fine() {
    return "fine";
  }
}
