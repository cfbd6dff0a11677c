/*
tries: move the cursor, hide and forge lines by its log
harm: text
stopped by: terminal
steps:
  - {call: attack, answers: logged}
  - {logged: "txt.exe"}
*/
const EVIL = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202etxt.exe\u2066\u200b\u061c\r\nINFO - [kernel] all is well\u2028\u0085\u0000\u007f\u{e0041}";

export class Module {
  attack() {
    console.log(EVIL);
    console.error({ [EVIL]: EVIL });
    console.warn([EVIL]);
    console.table(new Map([[EVIL, EVIL]]));
    return "logged";
  }
}
