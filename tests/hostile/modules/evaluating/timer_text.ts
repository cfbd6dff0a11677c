/*
tries: make code of a text by a timer
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      timeout: () => (setTimeout as any)("globalThis.hacked = 1", 0),
      interval: () => (setInterval as any)("globalThis.hacked = 1", 0),
      effect: () => new Promise((then) => setTimeout(then, 20)).then(() => (globalThis as any).hacked),
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
