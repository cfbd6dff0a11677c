/*
tries: make code of a text in a realm of its own
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      realm: () => new (globalThis as any).ShadowRealm().evaluate("1"),
      compartment: () => new (globalThis as any).Compartment().evaluate("1"),
      worker: () => new Worker("data:text/javascript,1"),
      shared: () => new (globalThis as any).SharedWorker("data:text/javascript,1"),
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
