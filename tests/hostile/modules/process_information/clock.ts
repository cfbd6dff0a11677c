/*
tries: measure what others do by a fine clock
harm: information
stopped by: lockdown
steps:
  - {call: attack, answers: [[now], true, undefined, undefined], process: same}
*/
export class Module {
  attack() {
    const keys = Object.getOwnPropertyNames(performance);
    const steps = Array.from({ length: 1_000 }, () => performance.now() % 1);
    return [keys, steps.every((step) => step === 0), typeof (performance as any).timeOrigin, typeof (performance as any).memory];
  }
}
