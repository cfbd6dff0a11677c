/*
tries: read files by every name that a runtime has for it
harm: reads
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      deno: () => Deno.readTextFileSync("/etc/passwd"),
      deno_open: () => Deno.openSync("/OUTSIDE/secret.txt"),
      global_deno: () => (globalThis as any).Deno.readFileSync("/etc/passwd"),
      symbol: () => (globalThis as any)[Symbol.for("Deno.internal")].core.ops.op_fs_read_file_sync("/etc/passwd"),
      require: () => (globalThis as any).require("fs").readFileSync("/etc/passwd"),
      binding: () => (globalThis as any).process.binding("fs"),
      bun: () => (globalThis as any).Bun.file("/etc/passwd").text(),
      reader: () => new (globalThis as any).FileReader(),
      file: () => new (globalThis as any).File(["x"], "/etc/passwd").size,
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
