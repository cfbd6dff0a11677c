/*
tries: take memory by a WebAssembly memory that it was granted
harm: memory
stopped by: guard
config: {grants: {wasm: true}}
steps:
  - {call: attack, fails: "module_killed|module_error"}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 60_000 });
    for (let pages = 1;; pages += 128) {
      memory.grow(128);
      new Uint8Array(memory.buffer).fill(1, pages * 65_536);
    }
  }
  fine() {
    return "fine";
  }
}
