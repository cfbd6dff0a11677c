/*
tries: "take node:module in, which loads"
harm: code
stopped by: loader
refused: "'node:module'"
*/
import * as module from "node:module";

export class Module {
  attack() {
    return module;
  }
}
