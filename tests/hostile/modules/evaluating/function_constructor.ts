/*
tries: make code of a text by Function
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      plain: () => Function("return 1")(),
      constructed: () => new Function("return 1")(),
      of_arrow: () => (() => {}).constructor("return 1")(),
      reflect: () => Reflect.construct(Function, ["return 1"]),
      subclass: () => new (class extends Function {})("return 1"),
      target: () => (Reflect.construct(Object, [], Function) as any).constructor("return 1")(),
      called: () => (Function.prototype.constructor as any).call(null, "return 1")(),
      bound: () => (Function as any).bind(null, "return 1")()(),
      of_array: () => (Array.from as any).call(Function, ["return 1"]),
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
