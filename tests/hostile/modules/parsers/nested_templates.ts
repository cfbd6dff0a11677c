/*
tries: overflow the parser by nested templates
harm: kills
stopped by: loader
refused: "/ended the process that vets sources|nested too deeply/"
repeat: {OPEN: ["`${", 5000], CLOSE: ["}`", 5000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
const x = OPEN1CLOSE;
void x;
