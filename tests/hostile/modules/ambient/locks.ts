/*
tries: hold a lock that others of the process wait for
harm: hostage
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      locks: () => navigator.locks.request("x", () => new Promise(() => {})),
      global: () => (globalThis as any).navigator,
      gpu: () => (globalThis as any).GPU,
      adapter: () => (navigator as any).gpu.requestAdapter(),
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
