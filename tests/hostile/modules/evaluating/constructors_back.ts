/*
tries: get the constructors of functions back by changing where they are found
harm: code
stopped by: lockdown
steps:
  - {call: attack, answers: [fixed, fixed, fixed, fixed]}
*/
export class Module {
  attack() {
    const ways = [
      () => { Function.prototype.constructor = Object as any; },
      () => { (globalThis as any).Function = 1; },
      () => { delete (globalThis as any).Function; },
      () => Object.defineProperty((async () => {}).constructor.prototype, "constructor", { value: 1 }),
    ];
    return ways.map((way) => {
      try {
        way();
        return "changed";
      } catch {
        return "fixed";
      }
    });
  }
}
