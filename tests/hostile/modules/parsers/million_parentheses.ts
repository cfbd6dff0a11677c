/*
tries: overflow whatever parses by a million parentheses
harm: kills
stopped by: loader
refused: "/ended the process that vets sources|nested too deeply/"
repeat: {OPEN: ["(", 1000000], CLOSE: [")", 1000000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
const x = OPEN1CLOSE;
void x;
