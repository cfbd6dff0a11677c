/*
tries: export everything of what it may not import
harm: rights
stopped by: loader
refused: "'node:fs'"
*/
export * from "node:fs";

export class Module {
  attack() {
    return 1;
  }
}
