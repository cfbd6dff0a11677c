/*
tries: keep things in the host's caches
harm: writes
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      caches: () => caches.open("x"),
      global: () => (globalThis as any).caches,
      local: () => localStorage.setItem("a", "b"),
      session: () => sessionStorage.getItem("a"),
      indexed: () => (globalThis as any).indexedDB.open("x"),
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
