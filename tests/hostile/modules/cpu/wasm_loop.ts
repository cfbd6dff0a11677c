/*
tries: hold a core by a loop in WebAssembly that it was granted
harm: cpu
stopped by: guard
config: {grants: {wasm: true}, limits: {liveness_ms: 1000}}
steps:
  - {call: attack, fails: module_killed, says: liveness_ms, within_ms: 4000}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    const bytes = [
      ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0],
      ...[10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11],
    ];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
    (exports["a"] as () => void)();
  }
  fine() {
    return "fine";
  }
}
