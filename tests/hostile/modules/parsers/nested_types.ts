/*
tries: overflow the stripper by nested types
harm: kills
stopped by: loader
refused: "/ended the process that vets sources|nested too deeply/"
repeat: {OPEN: ["Array<", 20000], CLOSE: [">", 20000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
export type X = OPENnumberCLOSE;
