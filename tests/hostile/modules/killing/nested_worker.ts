/*
tries: kill by a Worker inside of its Worker
harm: kills
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      worker: () => new Worker("data:text/javascript,Deno.kill(Deno.pid,9)", { type: "module" }),
      global: () => new (globalThis as any).Worker("data:text/javascript,1"),
      blob: () => new Worker((URL as any).createObjectURL(new Blob(["1"]))),
      bootstrap: () => (globalThis as any).__bootstrap,
      signals: () => Deno.addSignalListener("SIGTERM", () => {}),
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
