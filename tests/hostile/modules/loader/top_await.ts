/*
tries: never finish loading
harm: hostage
stopped by: lifecycle
config: {limits: {load_ms: 1000}, restart: {max: 1, window_s: 60}}
steps:
  - {state: quarantined, says: "did not load within 1000 ms"}
*/
await new Promise(() => {});

export class Module {
  hello() {
    return "hello";
  }
}
