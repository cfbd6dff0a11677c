/*
tries: overflow the stripper by 20,000 parentheses
harm: kills
stopped by: loader
refused: "/ended the process that vets sources|nested too deeply/"
repeat: {OPEN: ["(", 20000], CLOSE: [")", 20000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
const x = OPEN1CLOSE;
void x;
