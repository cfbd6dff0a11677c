/*
tries: import at run time by name
harm: rights
stopped by: loader
refused: import()
*/
const x = () => import("node:fs");

export class Module {
  attack() {
    return x;
  }
}
