/*
tries: export what it may not import
harm: rights
stopped by: loader
refused: "'node:fs'"
*/
export { readFileSync } from "node:fs";

export class Module {
  attack() {
    return 1;
  }
}
