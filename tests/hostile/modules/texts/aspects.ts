/*
tries: move the cursor by the error with which it refuses an aspect
harm: text
stopped by: terminal
steps:
  - {call: anything, aspect: dark, fails: no_aspect}
*/
const EVIL = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202etxt.exe\u2066\u200b\u061c\r\nINFO - [kernel] all is well\u2028\u0085\u0000\u007f\u{e0041}";

export class Module {
  getAspect(name: string) {
    if (name === "default") return this;
    throw new Error(EVIL);
  }
}
