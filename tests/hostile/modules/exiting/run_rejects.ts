/*
tries: fail in run() after an await
harm: kills
stopped by: lifecycle
config: {restart: {max: 1, window_s: 60}}
steps:
  - {state: given up, says: run rejected}
*/
export class Module {
  async run() {
    await 0;
    throw new Error("run rejected");
  }
}
