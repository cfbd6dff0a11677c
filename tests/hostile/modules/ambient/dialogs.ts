/*
tries: ask whoever sits at the terminal
harm: text
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      alert: () => alert("x"),
      confirm: () => confirm("x"),
      prompt: () => prompt("x"),
      stdout: () => Deno.stdout.writeSync(new Uint8Array([7])),
      stderr: () => (globalThis as any).process.stderr.write("x"),
      stdin: () => Deno.stdin.read(new Uint8Array(1)),
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
