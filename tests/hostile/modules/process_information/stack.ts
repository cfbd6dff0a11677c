/*
tries: read stack frames, and through them functions of the host
harm: information
stopped by: lockdown
steps:
  - {call: attack, answers: [string, string, 0, false], process: same}
*/
export class Module {
  attack() {
    let seen = 0;
    Error.prepareStackTrace = (_, frames) => {
      seen++;
      return frames;
    };
    const { stack } = new Error("x");
    const holder: { stack?: string } = {};
    (Error as any).captureStackTrace(holder);
    return [typeof stack, typeof holder.stack, seen, /worker|bootstrap|kernel\//.test(stack!)];
  }
}
