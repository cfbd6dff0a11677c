/*
tries: stop its thread for ever by Atomics.wait
harm: cpu
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      atomics: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
      shared: () => new SharedArrayBuffer(4),
      global: () => (globalThis as any).Atomics,
      of_wasm: () => new (globalThis as any).WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer,
    };
    const passed = [];
    for (const [name, way] of Object.entries(ways)) {
      try {
        if (await way() !== undefined) passed.push(name);
      } catch { /* refused */ }
    }
    return passed;
  }
}
