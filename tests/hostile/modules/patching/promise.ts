/*
tries: hold the host's own waiting up by replacing promises
harm: hostage
stopped by: lockdown
steps:
  - {call: attack}
  - {call: fine, answers: fine, process: same}
*/
export class Module {
  attack() {
    Promise.prototype.then = () => new Promise(() => {}) as any;
    Promise.resolve = () => new Promise(() => {}) as any;
    (globalThis as any).Promise = class {};
    return "patched";
  }
  fine() {
    return "fine";
  }
}
