/*
tries: trap the bundler by 1,000 brackets
harm: kills
stopped by: loader
refused: "/ended the process that vets sources|nested too deeply/"
repeat: {OPEN: ["[", 1000], CLOSE: ["]", 1000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
const x = OPEN1CLOSE;
void x;
