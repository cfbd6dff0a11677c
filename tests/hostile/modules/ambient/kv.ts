/*
tries: open the host's database of keys
harm: writes
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      kv: () => (Deno as any).openKv(),
      memory: () => (Deno as any).openKv(":memory:"),
      global: () => (globalThis as any).Deno.openKv("/OUTSIDE/kv"),
      cron: () => (Deno as any).cron("x", "* * * * *", () => {}),
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
