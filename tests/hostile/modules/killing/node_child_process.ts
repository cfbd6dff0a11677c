/*
tries: "take node:child_process in, which starts programs"
harm: rights
stopped by: loader
refused: "'node:child_process'"
*/
import * as child from "node:child_process";

export class Module {
  attack() {
    return child;
  }
}
