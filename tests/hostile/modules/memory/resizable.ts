/*
tries: take memory by one buffer that grows
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
    const grown = new ArrayBuffer(0, { maxByteLength: 4e9 }) as ArrayBuffer & { resize(n: number): void };
    for (let size = 0;; size += 8_388_608) {
      grown.resize(size);
      new Uint8Array(grown).fill(1, Math.max(0, size - 8_388_608));
    }
  }
  fine() {
    return "fine";
  }
}
