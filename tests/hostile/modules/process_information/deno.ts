/*
tries: read what the runtime says of its process and its machine
harm: information
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      pid: () => Deno.pid,
      args: () => Deno.args,
      exec: () => Deno.execPath(),
      main: () => Deno.mainModule,
      cwd: () => Deno.cwd(),
      host: () => Deno.hostname(),
      load: () => Deno.loadavg(),
      memory: () => Deno.memoryUsage(),
      os: () => Deno.build,
      version: () => (globalThis as any).Deno.version,
      node: () => (globalThis as any).process.versions,
      navigator: () => navigator.hardwareConcurrency,
      location: () => location.href,
      name: () => (globalThis as any).name || undefined,
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
