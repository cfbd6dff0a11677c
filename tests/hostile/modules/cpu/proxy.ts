/*
tries: hold a core in a trap of a proxy
harm: cpu
stopped by: guard
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500}, restart: {max: 3, window_s: 60}}
steps:
  - {call: attack, fails: module_killed, says: liveness_ms, maybe_ran: true, within_ms: 4000}
  - {told: limit.hit, says: liveness_ms}
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    return new Proxy({}, {
      getPrototypeOf() {
        for (;;);
      },
    });
  }
  fine() {
    return "fine";
  }
}
