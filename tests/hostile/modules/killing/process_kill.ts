/*
tries: kill its process under Node's names
harm: kills
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      kill: () => (globalThis as any).process.kill(1),
      exit: () => (globalThis as any).process.exit(1),
      really: () => (globalThis as any).process.reallyExit(1),
      abort: () => (globalThis as any).process.abort(),
      global: () => (globalThis as any).global.process.exit(1),
      binding: () => (globalThis as any).process._kill(1, 9),
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
