/*
tries: kill its own process, which needs no permission
harm: kills
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      self: () => Deno.kill(Deno.pid, "SIGKILL"),
      parent: () => Deno.kill(Deno.ppid, "SIGKILL"),
      exit: () => Deno.exit(1),
      abort: () => (Deno as any).abort(),
      ops: () => (globalThis as any)[Symbol.for("Deno.internal")].core.ops.op_exit(),
      core: () => (globalThis as any).Deno[(globalThis as any).Deno.internal].core,
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
