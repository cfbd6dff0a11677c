/*
tries: stop the host's deadlines by replacing timers and clocks
harm: hostage
stopped by: lockdown
config: {limits: {call_timeout_ms: 1000}}
steps:
  - {call: attack, fails: "timeout|module_error", within_ms: 5000}
  - {call: fine, answers: fine, process: same}
*/
export class Module {
  attack() {
    (globalThis as any).setTimeout = () => 0;
    (globalThis as any).clearTimeout = () => {};
    Date.now = () => 0;
    performance.now = () => 0;
    return new Promise(() => {});
  }
  fine() {
    return "fine";
  }
}
