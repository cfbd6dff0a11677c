/*
tries: import at run time by joined texts
harm: rights
stopped by: loader
refused: import()
*/
const x = () => import("no" + "de:fs");

export class Module {
  attack() {
    return x;
  }
}
