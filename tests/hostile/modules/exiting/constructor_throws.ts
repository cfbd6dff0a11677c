/*
tries: fail in its constructor, again and again
harm: kills
stopped by: lifecycle
config: {restart: {max: 1, window_s: 60}}
steps:
  - {state: given up, says: born dead}
*/
export class Module {
  constructor() {
    throw new Error("born dead");
  }
}
