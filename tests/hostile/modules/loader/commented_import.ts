/*
tries: hide an import behind a comment
harm: rights
stopped by: loader
refused: "'node:fs'"
*/
import/*-*/"node:fs";

export class Module {
  attack() {
    return 1;
  }
}
