/*
tries: hide import() behind comments
harm: rights
stopped by: loader
refused: import()
*/
const x = (name: string) => import/*-*/(/*-*/name);

export class Module {
  attack() {
    return x;
  }
}
