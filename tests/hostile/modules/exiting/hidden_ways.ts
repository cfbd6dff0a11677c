/*
tries: find a way out on symbols and prototypes of the global object
harm: kills
stopped by: lockdown
steps:
  - {call: attack, answers: []}
*/
export class Module {
  attack() {
    const found: string[] = [];
    const functions = (from: any, depth: number): boolean =>
      Reflect.ownKeys(from).some((name) =>
        typeof from[name] === "function" ||
        (depth > 0 && typeof from[name] === "object" && from[name] !== null && functions(from[name], depth - 1))
      );
    for (const key of Reflect.ownKeys(globalThis)) {
      const value = (globalThis as any)[key];
      if (typeof key !== "symbol" || value === null || !/object|function/.test(typeof value)) continue;
      if (typeof value === "function" || functions(value, 4)) found.push(`symbol ${String(key)}`);
    }
    for (let at = globalThis; at; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) if (/close|terminate|exit/i.test(name)) found.push(name);
    }
    return found;
  }
}
