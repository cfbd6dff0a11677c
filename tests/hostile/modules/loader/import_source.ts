/*
tries: import by phase
harm: rights
stopped by: loader
refused: "/loader\\/import_source\\.ts:\\d+/"
*/
import source x from "node:fs";

export class Module {
  attack() {
    return x;
  }
}
