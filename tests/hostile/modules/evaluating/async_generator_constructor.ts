/*
tries: make code of a text by the constructor of async generators
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      plain: () => (async function* () {}).constructor("yield 1"),
      constructed: () => new ((async function* () {}).constructor as any)("yield 1"),
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
