/*
tries: run code when the host looks at its objects, by well-known symbols
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: patched}
  - {call: fine, answers: fine, process: same}
*/
export class Module {
  attack() {
    let ran = 0;
    for (const symbol of [Symbol.iterator, Symbol.toPrimitive, Symbol.species, Symbol.hasInstance, Symbol.asyncIterator]) {
      try {
        Object.defineProperty(Object.prototype, symbol, { configurable: true, get: () => void ran++ });
      } catch { /* fixed */ }
    }
    return "patched";
  }
  fine() {
    return "fine";
  }
}
