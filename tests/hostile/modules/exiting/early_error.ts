/*
tries: fail between its birth and its first call, where nobody looks
harm: kills
stopped by: lifecycle
config: {restart: {max: 0, window_s: 60}}
steps:
  - {state: given up, says: early}
*/
export class Module {
  constructor() {
    setTimeout(() => {
      throw new Error("early");
    }, 1);
  }
}
