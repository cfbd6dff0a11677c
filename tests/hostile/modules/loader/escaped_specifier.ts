/*
tries: hide an import behind an escape
harm: rights
stopped by: loader
refused: "'node:fs'"
*/
import x from "\u006eode:fs";

export class Module {
  attack() {
    return x;
  }
}
