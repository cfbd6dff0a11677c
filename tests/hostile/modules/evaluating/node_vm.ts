/*
tries: "take node:vm in, which evaluates"
harm: code
stopped by: loader
refused: "'node:vm'"
*/
import * as vm from "node:vm";

export class Module {
  attack() {
    return vm;
  }
}
