/*
tries: fail in run(), again and again
harm: kills
stopped by: lifecycle
config: {restart: {max: 1, window_s: 60}}
steps:
  - {state: given up, says: run threw}
*/
export class Module {
  run() {
    throw new Error("run threw");
  }
}
