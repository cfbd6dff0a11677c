/*
tries: make code of a text by the constructor of async functions
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      plain: () => (async () => {}).constructor("return 1"),
      reflect: () => Reflect.construct(Object.getPrototypeOf(async () => {}).constructor, ["return 1"]),
      proto: () => Object.getPrototypeOf((async () => {}).constructor)("return 1")(),
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
