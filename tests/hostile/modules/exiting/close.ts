/*
tries: end its Worker without a word
harm: kills
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      self: () => (self as any).close(),
      global: () => (globalThis as any).close(),
      bare: () => (close as any)(),
      terminate: () => (globalThis as any).terminate(),
      post: () => (postMessage as any)("x"),
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
