/*
tries: move the cursor by the reason for which it did not load
harm: text
stopped by: terminal
config: {restart: {max: 1, window_s: 60}}
steps:
  - {state: given up, says: txt.exe}
*/
const EVIL = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202etxt.exe\u2066\u200b\u061c\r\nINFO - [kernel] all is well\u2028\u0085\u0000\u007f\u{e0041}";

export class Module {
  constructor() {
    throw new Error(EVIL);
  }
}
