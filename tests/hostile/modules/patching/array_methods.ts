/*
tries: see what the host handles by replacing what arrays and maps do
harm: rights
stopped by: lockdown
steps:
  - {call: attack, answers: patched}
  - {call: fine, answers: fine}
  - {call: look, answers: [], process: same}
*/
export class Module {
  attack() {
    const seen: string[] = [];
    for (const prototype of [Array.prototype, Map.prototype, Set.prototype, WeakMap.prototype, Promise.prototype] as any[]) {
      for (const name of Object.getOwnPropertyNames(prototype)) {
        if (name === "constructor" || typeof Object.getOwnPropertyDescriptor(prototype, name)?.value !== "function") continue;
        const own = prototype[name];
        try {
          prototype[name] = function (...args: unknown[]) {
            const tag = Object.prototype.toString.call(this);
            if (/MessagePort|Deno/.test(tag)) seen[seen.length] = tag;
            return Reflect.apply(own, this, args);
          };
        } catch { /* fixed */ }
      }
    }
    (globalThis as any).seen = seen;
    return "patched";
  }
  look() {
    return (globalThis as any).seen;
  }
  fine() {
    return "fine";
  }
}
