/*
tries: import what a computed text names
harm: code
stopped by: loader
refused: import()
*/
const x = (name: string) => import(name);

export class Module {
  attack() {
    return x;
  }
}
