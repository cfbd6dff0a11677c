/*
tries: pollute Object.prototype, so that the host reads it on its own objects
harm: pollutes
stopped by: lockdown
steps:
  - {call: attack, answers: 24}
  - {call: fine, answers: fine, process: same}
*/
export class Module {
  attack() {
    let refused = 0;
    for (const prototype of [Object.prototype, Array.prototype, Event.prototype, EventTarget.prototype]) {
      for (const key of ["t", "port", "payload", "0", "handleEvent"]) {
        try {
          Object.defineProperty(prototype, key, { configurable: true, get: () => "stolen", set() {} });
        } catch {
          refused++;
        }
      }
      try {
        Object.setPrototypeOf(prototype, new Proxy({}, {}));
      } catch {
        refused++;
      }
    }
    return refused;
  }
  fine() {
    return "fine";
  }
}
