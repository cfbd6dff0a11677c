/*
tries: move the cursor by an error that nobody catches, in the event that tells of it
harm: text
stopped by: terminal
steps:
  - {call: attack, answers: 1}
  - {told: module.failed, says: txt.exe}
  - {state: running}
*/
const EVIL = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202etxt.exe\u2066\u200b\u061c\r\nINFO - [kernel] all is well\u2028\u0085\u0000\u007f\u{e0041}";

export class Module {
  attack() {
    setTimeout(() => {
      throw new Error(EVIL);
    }, 0);
    return 1;
  }
}
