/*
tries: speak to other Workers over a BroadcastChannel
harm: sends
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      channel: () => new BroadcastChannel("x"),
      global: () => new (globalThis as any).BroadcastChannel("x"),
      message: () => new MessageChannel(),
      port: () => (globalThis as any).MessagePort,
      of_clone: () => structuredClone(new (globalThis as any).MessageChannel().port1),
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
