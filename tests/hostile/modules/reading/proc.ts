/*
tries: "read what /proc tells of its process: environment, descriptors, memory"
harm: reads
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      environ: () => Deno.readTextFileSync("/proc/self/environ"),
      descriptor: () => Deno.readTextFileSync("/proc/self/fd/0"),
      guess: () => Deno.readTextFileSync("/dev/fd/3"),
      env: () => Deno.env.get("CANARY"),
      process_env: () => (globalThis as any).process.env.CANARY,
      stdin: () => Deno.stdin.readSync(new Uint8Array(64)),
      resources: () => (Deno as any).resources(),
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
